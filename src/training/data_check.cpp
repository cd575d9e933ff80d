#include "training/data_check.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "corpus/check.h"
#include "training/corpora.h"

namespace mynah::training {
namespace {

corpus::CheckPlan plan_for(const TrainingOptions& options, const corpus::CheckOptions& wishes,
                           const model::Languages& languages) {
  corpus::CheckPlan plan;
  plan.sources = corpora_of(options.train_sets, options.fields, languages, "train-sets");
  plan.valid = corpora_of(options.valid_sets, options.fields, languages, "valid-sets");
  plan.tests = corpora_of(wishes.test_sets, options.fields, languages, "test-sets");
  plan.rules.source_language = languages.source;
  plan.rules.target_language = languages.target;
  plan.rules.max_length = options.max_length;
  plan.rules.max_length_ratio = options.max_length_ratio;
  plan.left_out = corpus::faults_named(wishes.leave_out, "leave-out");
  plan.copy = wishes.clean_copy;
  plan.examples = wishes.check_examples;
  plan.memory = static_cast<std::uint64_t>(wishes.check_memory) << 20;
  plan.threads = options.threads;
  return plan;
}

}  // namespace

DataCheck check_data(const TrainingOptions& options, const corpus::CheckOptions& wishes, Progress* progress) {
  if (options.train_sets.empty()) throw UsageError("--check-data: expected the text to check as --train-sets");
  catch_interrupts();
  std::optional<OutputFile> file;  // opened before the long work
  if (!wishes.check_report.empty()) file.emplace(wishes.check_report, OutputFile::Compression::none);
  const model::Languages languages = languages_for(options);
  corpus::CheckReport report = corpus::check_corpora(plan_for(options, wishes, languages), progress);
  if (!languages.source.empty() && !languages.target.empty()) report.languages = concat(languages.source, "-", languages.target);
  if (file) {
    file->write(corpus::to_json(report).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    file->commit();
  }
  const corpus::CorpusCount total = report.total();
  return {corpus::to_text(report), total.kept < total.read};
}

}  // namespace mynah::training
