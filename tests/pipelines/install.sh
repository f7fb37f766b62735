#!/bin/sh
# Java for the tests of Spark, where the system can install it. Never fails: without it they are skipped.
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then exit 0; fi
if command -v java >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Java for the tests of Spark (once)" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null 2>&1
  for package in openjdk-17-jre-headless openjdk-21-jre-headless default-jre-headless; do
    if apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1; then exit 0; fi
  done
fi
echo "No Java here: the tests of Spark will be skipped." >&2
echo "To run them install Java 17 (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME." >&2
exit 0
