// Finds the model a user means: by languages asked for, by the language of the text, or because there is only one.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mynah::inference {

struct FoundModel {
  std::filesystem::path folder;
  std::string source_language, target_language;
  std::vector<std::string> styles = {};  // of summaries; none: it translates
};

/// The roots to search: the folders in MYNAH_MODELS (separated by ':'), `program`/../share/mynah/models, and models/ of the
/// source tree the program was built in.
std::vector<std::filesystem::path> model_roots();

/// Model directories in the roots (or a root that is one itself), by root and name. Of two with the same name the one in the
/// earlier root is taken; damaged ones are left out.
std::vector<FoundModel> list_models(const std::vector<std::filesystem::path>& roots);

/// One line of a list of models: "en-de  en → de  /path/to/en-de".
std::string describe(const FoundModel& model);

/// The one that translates between the languages (empty: any) and, where several are left, reads what `sample` is in and writes
/// what the user speaks by LC_ALL, LC_MESSAGES or LANG. Throws Error naming what there is when none or several fit.
FoundModel choose_model(const std::vector<FoundModel>& models, const std::string& source_language,
                        const std::string& target_language, const std::string& sample);

/// The one that writes summaries of text in the language (empty: any); nothing where there is none. Throws Error when there are
/// several.
std::optional<FoundModel> choose_summary_model(const std::vector<FoundModel>& models, const std::string& language);

/// Why the model in a folder is not asked for a style of summaries unless it is named: on its validation text it did not come a
/// quarter nearer to what people wrote than sentences of the texts did. Empty where it did, or was not tried.
std::string objection(const std::filesystem::path& folder, const std::string& style);

/// Throws Error where a model that somebody named is for the other program, or for other languages than those asked for (empty:
/// any).
void expect_translates(const std::filesystem::path& folder, const std::string& source_language,
                       const std::string& target_language);
void expect_summarizes(const std::filesystem::path& folder);

/// Changes when anything in the folder does that a translation without a shortlist depends on.
std::string fingerprint_of(const std::filesystem::path& folder);

}  // namespace mynah::inference
