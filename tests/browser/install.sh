#!/bin/sh
# A browser for the browser tests, where the system can install one. Never fails: without one they are skipped.
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests (once)" >&2
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "No Chromium here: the browser tests will be skipped." >&2
echo "To run them install Chromium (Debian: apt-get install chromium) or set CHROMIUM=/path/to/chromium." >&2
exit 0
