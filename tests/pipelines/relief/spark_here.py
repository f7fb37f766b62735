"""Spark on this computer for tests: one session, made to be quick on a few rows."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Spark 4 runs on this version of Java or a newer one.
OLDEST_JAVA = 17


def missing() -> str:
    """What a Spark test lacks on this computer; empty when it can run."""
    if find_spec("pyspark") is None:
        return "no pyspark here"
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if java is None:
        return "no Java here (sh tests/pipelines/install.sh, or set JAVA_HOME)"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < OLDEST_JAVA:
        return f"Java is older than {OLDEST_JAVA}: {said.partition(chr(10))[0]}"
    return ""


# A few hundred rows: what a State's millions need only costs time here. None of it may change a result.
QUICK = {
    "spark.master": "local[2]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "FATAL",
    "spark.default.parallelism": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.files.minPartitionNum": "1",
    "spark.sql.files.openCostInBytes": "0",
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
}


@contextmanager
def session(folder: Path) -> Iterator[Any]:
    """The session every engine of the tests takes up."""
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    conf = SparkConf().setAll([*QUICK.items(), ("spark.local.dir", str(folder))])
    conf.set("spark.sql.warehouse.dir", str(folder / "warehouse"))
    before = signal.getsignal(signal.SIGINT)
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    yield spark
    spark.stop()
    # Else Ctrl-C would be asked of a Spark that is gone, in every later story of this process.
    signal.signal(signal.SIGINT, before)
