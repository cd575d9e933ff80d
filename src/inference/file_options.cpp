#include "inference/file_options.h"

#include "base/error.h"

namespace mynah::inference {

void list_options(FileOptions& options, OptionList& list) {
  list.add("input", options.inputs,
           "Text to read, a line each: files, or folders with all that is below them; plain, gzip, xz or zstd; - is standard "
           "input")
      .alias("i")
      .value("FILE");
  list.add("output", options.output,
           "Where the lines go: a file, or a folder where there are several inputs; a file appears under its name when all of it "
           "is done; - is standard output")
      .alias("o")
      .value("FILE");
  list.add("include", options.include,
           "Which files of a folder are read, as shell patterns; *.txt, *.text and *.LANGUAGE, compressed or not, when not given")
      .value("PATTERN");
  list.add("resume", options.resume,
           "Go on with a file where an interrupted run stopped; that is so without asking when the output is a folder");
  list_folder_options(options, list);
  list.add("strict", options.strict, "End with exit code 3 when a translation is suspect");
}

void list_folder_options(FileOptions& options, OptionList& list) {
  list.add("exclude", options.exclude, "Which files of a folder are not read").value("PATTERN");
  list.add("copy-others", options.copy_others, "Copy the other files of a folder to the output's");
  list.add("restart", options.restart, "Begin anew where an interrupted run left something, and with files that are done");
  list.add("report", options.report, "Write the account as JSON: every file, all counts, and what is worth a look").value("FILE");
}

void validate(const FileOptions& options) {
  if (options.resume && options.restart) throw UsageError("--resume goes on and --restart begins anew: give one of them");
}

}  // namespace mynah::inference
