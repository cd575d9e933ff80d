#include "inference/model_finder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <sstream>
#include <system_error>

#include "base/error.h"
#include "base/files.h"
#include "base/fingerprint.h"
#include "model/model.h"
#include "model/style_scores.h"
#include "text/language.h"
#include "text/utf8.h"

namespace mynah::inference {
namespace {

namespace fs = std::filesystem;

/// Folders to look at in a root: itself where it is a model (what lies inside is a part of it), else those inside it by name.
std::vector<fs::path> folders_in(const fs::path& root) {
  if (model::is_model(root)) return {root};
  std::vector<fs::path> folders;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(root, none)) folders.push_back(entry.path());
  std::ranges::sort(folders);
  return folders;
}

/// "zh-Hant" and "zh" are one language here.
bool same_language(const std::string& wanted, const std::string& found) {
  return wanted.empty() || lower_case(main_language(wanted)) == lower_case(main_language(found));
}

std::string direction(const std::string& source, const std::string& target) {
  return concat(source.empty() ? "?" : source, " → ", target.empty() ? "?" : target);
}

bool differ_in_direction(const std::vector<FoundModel>& models) {
  return std::ranges::any_of(models, [&](const FoundModel& model) {
    return !same_language(models.front().source_language, model.source_language) ||
           !same_language(models.front().target_language, model.target_language);
  });
}

std::string what_there_is(const std::vector<FoundModel>& models) {
  std::string text;
  for (const FoundModel& model : models) text += (text.empty() ? "" : ", ") + describe(model);
  return text;
}

/// Those whose source the text can be, as far as its script and its language tell.
std::vector<FoundModel> readers_of(const std::string& text, const std::vector<FoundModel>& models) {
  std::vector<FoundModel> readers;
  std::ranges::copy_if(models, std::back_inserter(readers),
                       [&](const FoundModel& model) { return fits_script(text, model.source_language); });
  std::vector<std::string> languages;
  for (const FoundModel& model : readers) languages.push_back(model.source_language);
  const std::string language = likely_language(text, languages);
  if (!language.empty())
    std::erase_if(readers, [&](const FoundModel& model) { return !same_language(language, model.source_language); });
  return readers.empty() ? models : readers;
}

/// What the environment says the user speaks, as in LANG=de_DE.UTF-8; empty where it says nothing.
std::string users_language() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {  // the first that is set counts (POSIX)
    const char* locale = std::getenv(variable);
    if (locale != nullptr && *locale != 0) return std::string(locale, std::strcspn(locale, "_.@"));
  }
  return {};
}

/// Those that translate into the user's language, or all where none does.
std::vector<FoundModel> writers_of_users_language(const std::vector<FoundModel>& models) {
  const std::string language = users_language();
  std::vector<FoundModel> writers;
  std::ranges::copy_if(models, std::back_inserter(writers), [&](const FoundModel& model) {
    return !language.empty() && same_language(language, model.target_language);
  });
  return writers.empty() ? models : writers;
}

}  // namespace

std::vector<fs::path> model_roots() {
  std::vector<fs::path> roots;
  if (const char* given = std::getenv("MYNAH_MODELS")) {
    std::istringstream folders(given);
    for (std::string folder; std::getline(folders, folder, ':');) {
      if (!folder.empty()) roots.emplace_back(folder);
    }
  }
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  if (!none) roots.push_back(program.parent_path().parent_path() / "share/mynah/models");
  roots.emplace_back(MYNAH_SOURCE_MODELS);
  return roots;
}

std::vector<FoundModel> list_models(const std::vector<fs::path>& roots) {
  std::vector<FoundModel> models;
  std::set<std::string> names;
  for (const fs::path& root : roots) {
    for (const fs::path& folder : folders_in(root)) {
      if (!model::is_model(folder) || names.contains(folder.filename())) continue;
      try {
        const model::Languages languages = model::languages_of(folder);
        models.push_back({folder, languages.source, languages.target, model::styles_of(folder)});
        names.insert(folder.filename());
      } catch (const Error&) {
        continue;  // --model names it and says what is wrong
      }
    }
  }
  return models;
}

std::string describe(const FoundModel& model) {
  std::string what = direction(model.source_language, model.target_language);
  if (!model.styles.empty()) what = concat("summaries in ", model.source_language.empty() ? "?" : model.source_language);
  return concat(model.folder.filename().string(), " (", what, ", ", model.folder.string(), ")");
}

FoundModel choose_model(const std::vector<FoundModel>& all, const std::string& source_language,
                        const std::string& target_language, const std::string& sample) {
  std::vector<FoundModel> models;
  std::ranges::copy_if(all, std::back_inserter(models), [](const FoundModel& model) { return model.styles.empty(); });
  if (models.empty()) {
    throw Error("no model was found: give --model DIR, put models into a folder named by MYNAH_MODELS, or make one with train");
  }
  std::vector<FoundModel> fitting;
  for (const FoundModel& model : models) {
    if (!same_language(source_language, model.source_language)) continue;
    if (same_language(target_language, model.target_language)) fitting.push_back(model);
  }
  if (fitting.empty()) {
    throw Error(
        concat("no model translates ", direction(source_language, target_language), "; there is ", what_there_is(models)));
  }
  if (fitting.size() > 1) fitting = readers_of(sample, fitting);
  if (fitting.size() > 1 && target_language.empty()) fitting = writers_of_users_language(fitting);
  if (fitting.size() > 1) {
    throw Error(concat("several models fit, so give ", differ_in_direction(fitting) ? "--from and --to, or " : "",
                       "--model: ", what_there_is(fitting)));
  }
  return fitting.front();
}

std::optional<FoundModel> choose_summary_model(const std::vector<FoundModel>& models, const std::string& language) {
  std::vector<FoundModel> fitting;
  for (const FoundModel& model : models) {
    if (!model.styles.empty() && same_language(language, model.source_language)) fitting.push_back(model);
  }
  if (fitting.size() > 1) throw Error(concat("several models write summaries, so give --model: ", what_there_is(fitting)));
  return fitting.empty() ? std::nullopt : std::optional(fitting.front());
}

std::string objection(const fs::path& folder, const std::string& style) {
  constexpr double kClearly = 1.25;  // sentences of the text are at least true
  for (const model::StyleScore& score : model::read_style_scores(folder)) {
    if (score.style != style || score.written >= kClearly * score.chosen) continue;
    std::array<char, 64> figures{};
    std::snprintf(figures.data(), figures.size(), "%.1f against %.1f", score.written, score.chosen);
    return concat("model ", folder.filename().string(), " writes a ", style,
                  " not clearly better than sentences of the text serve for one (ROUGE-2 ", figures.data(), ")");
  }
  return "";
}

void expect_translates(const std::filesystem::path& folder, const std::string& source_language,
                       const std::string& target_language) {
  if (!model::styles_of(folder).empty()) {
    throw Error(concat("model ", folder.string(), ": it writes summaries; summarize --model ", folder.string(), " runs it"));
  }
  const model::Languages found = model::languages_of(folder);
  const auto differ = [](const std::string& wanted, const std::string& has) {
    return !has.empty() && !same_language(wanted, has);
  };
  if (differ(source_language, found.source) || differ(target_language, found.target)) {
    throw Error(concat("model ", folder.string(), ": it translates ", direction(found.source, found.target), ", and ",
                       direction(source_language, target_language), " is asked for"));
  }
}

void expect_summarizes(const std::filesystem::path& folder) {
  if (!model::styles_of(folder).empty()) return;
  const model::Languages languages = model::languages_of(folder);
  throw Error(concat("model ", folder.string(), ": it translates (", direction(languages.source, languages.target),
                     ") and writes no summaries; translate --model ", folder.string(), " runs it"));
}

std::string fingerprint_of(const std::filesystem::path& folder) {
  Fingerprint fingerprint;
  for (const char* name : {"config.json", "model.safetensors", "source.spm", "target.spm", "vocab.json"}) {
    const MappedFile file(folder / name);
    fingerprint.add({reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()});
  }
  // It decides on the precision where none is asked for.
  if (std::filesystem::exists(folder / "packed.json")) fingerprint.add_file(folder / "packed.json");
  return fingerprint.text();
}

}  // namespace mynah::inference
