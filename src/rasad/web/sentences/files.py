"""Sentences about files that are taken in."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

FILES = {
    "folder_missing": Sentence(
        _("The folder %(folder)s cannot be read."),
        _("There is no folder of this name."),
        _("Check the path you gave; it is read from the folder in which the command was started."),
    ),
    "port_taken": Sentence(
        _("The pages cannot be served on port %(port)s."),
        _("Another program listens there, perhaps this one started before."),
        _("Stop that program, or choose another port: --port 8001."),
    ),
    "file_missing": Sentence(
        _("The file %(file)s is missing."),
        _("It was looked for in the folder %(folder)s."),
        _("Put it there, as CSV or Parquet, and start again. Nothing was changed."),
    ),
    "file_given_twice": Sentence(
        _("Only one of %(file)s and %(other)s can be read."),
        _("Both hold the same table, and they may differ."),
        _("Take one of them out of the folder and start again."),
    ),
    "file_empty": Sentence(
        _("The file %(file)s is empty."),
        _("It has no rows under its heading."),
        _("Ask whoever sent it for the full file. If there truly is nothing to report, leave the file out."),
    ),
    "file_unreadable": Sentence(
        _("The file %(file)s cannot be read."),
        _("It is damaged, or it is neither CSV nor Parquet."),
        _("Copy or download it again, then start again."),
    ),
    "file_changed": Sentence(
        _("The file %(file)s was not taken in."),
        _("Somebody changed it while it was being read."),
        _("Wait until it is complete, then start again. Nothing of it was loaded."),
    ),
    "file_compressed": Sentence(
        _("The file %(file)s is compressed."),
        _("Only plain CSV or Parquet files are read."),
        _("Unpack it and give the file that was in it."),
    ),
    "file_encoding_unknown": Sentence(
        _("The letters in %(file)s cannot be read."),
        _("It is not written in UTF-8, UTF-16 or Windows-1252."),
        _("Save it as “CSV UTF-8” from the program it comes from."),
    ),
    "file_not_utf8": Sentence(
        _("Line %(line)s of %(file)s has letters that cannot be read."),
        _("They are not written in UTF-8."),
        _("Save the file as “CSV UTF-8” from the program it comes from, then start again."),
    ),
    "file_lines_lost": Sentence(
        _("Of %(lines)s lines in %(file)s only %(read)s could be read."),
        _("Lines ran into one another, most often because of a quotation mark that is not closed."),
        _("Save the file again from the program it comes from. Nothing of it was loaded."),
    ),
    "file_quote_open": Sentence(
        _("A quotation mark in line %(line)s of %(file)s is never closed."),
        _("Everything after it would be read as one value, and families would vanish."),
        _("Close the quotation mark or take it out, then start again."),
    ),
    "file_not_csv": Sentence(
        _("The file %(file)s cannot be read as CSV."),
        _("The reader says: %(what)s"),
        _("Save it as “CSV UTF-8” from the program it comes from, then start again."),
    ),
    "file_not_parquet": Sentence(
        _("The file %(file)s cannot be read as Parquet."),
        _("The reader says: %(what)s"),
        _("Write it again, or give the table as CSV."),
    ),
    "column_missing": Sentence(
        _("The file %(file)s has no column “%(column)s”."),
        _("Its columns are: %(there)s."),
        _("Add the column, or correct its heading, and start again. Nothing was changed."),
    ),
    "column_given_twice": Sentence(
        _("The file %(file)s has the column “%(column)s” twice."),
        _("The other heading that means the same is “%(other)s”."),
        _("Take one of the two out, or give it another heading, and start again."),
    ),
    "fonts_missing": Sentence(
        _("Nothing can be printed yet."),
        _("These fonts are not in %(folder)s: %(files)s."),
        _("Run the set-up again (./run demo does); it fetches them."),
    ),
    "fonts_not_fetched": Sentence(
        _("The fonts for printing could not be brought to %(folder)s."),
        _("This was tried: %(tried)s."),
        _("Install the Noto fonts for Devanagari and Bengali on this machine, or npm, then start again."),
    ),
    "file_without_headings": Sentence(
        _("The file %(file)s is empty."),
        _("Not even its line of headings is there."),
        _(
            "Ask whoever sent it for the full file. If there is nothing to report, the headings alone will do."
        ),
    ),
    "folder_not_writable": Sentence(
        _("Nothing can be written into the folder %(folder)s."),
        _("The system says: %(why)s."),
        _("Give another folder, or ask whoever runs this machine for the right to write there."),
    ),
    "run_going_on": Sentence(
        _("The run was not started."),
        _("Another run is at work in the folder %(folder)s."),
        _("Wait until it has ended, or give this run a folder of its own with --out."),
    ),
    "unknown_engine": Sentence(
        _("There is no engine “%(engine)s”."),
        _("The engines are: %(known)s."),
        _("Choose one of them; the result is the same."),
    ),
    "memory_not_understood": Sentence(
        _("“%(memory)s” is no amount of memory."),
        _("It is written as a number and its unit: 3GB, 800MB."),
        _("Write it so and start again."),
    ),
    "spark_not_installed": Sentence(
        _("The run cannot use Spark."),
        _("The package pyspark is not installed here."),
        _("Install the extra “spark”, or run with --engine duckdb: the result is the same."),
    ),
    "spark_not_started": Sentence(
        _("The run cannot use Spark."),
        _("It did not start: %(what)s"),
        _(
            "See that Java 17 is there (java -version) and that SPARK_MASTER names a cluster that answers, or "
            "run with --engine duckdb: the result is the same."
        ),
    ),
}
