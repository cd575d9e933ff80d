#include "training/resume_proof.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <vector>

#include "base/child_process.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "base/random.h"
#include "base/stopwatch.h"
#include "training/checkpoint.h"
#include "training/figures.h"
#include "training/run_difference.h"
#include "training/trial.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

/// The update that a line of train's log reports: "u 1,234 · epoch …".
std::optional<std::int64_t> update_in(const std::string& line) {
  const std::size_t sign = line.find("u "), end = line.find(" · epoch");
  if (sign == line.npos || end == line.npos || sign > end) return std::nullopt;
  std::string digits = line.substr(sign + 2, end - sign - 2);
  std::erase(digits, ',');
  return digits.empty() || digits.find_first_not_of("0123456789") != digits.npos ? std::nullopt
                                                                                 : std::optional(std::stoll(digits));
}

std::int64_t saved_update(const fs::path& model) {
  return CheckpointFolder(model / "checkpoint").load_state().at("standing").at("updates").get<std::int64_t>();
}

/// A run of train, watched.
class Run {
 public:
  Run(const std::string& program, const std::vector<std::string>& arguments) : child_(command(program, arguments)) {}

  /// Waits until it has come to this update. False when it ended before.
  bool reach(std::int64_t update) {
    for (std::string line; child_.next_line(line);) {
      if (interrupted()) break;
      const auto now = update_in(line);
      if (now && *now >= update) return true;
      if (!now) last_ = line;
    }
    if (interrupted()) throw Interrupted("interrupted; nothing was proved, and the trial is removed");
    return false;
  }

  /// Sends a signal and waits for the end: the exit code.
  int stop(int signal) {
    child_.signal(signal);
    return finish();
  }

  int finish() {
    reach(std::numeric_limits<std::int64_t>::max());
    return child_.wait();
  }

  /// The last line that was no report: what it died of.
  const std::string& last() const { return last_; }

 private:
  static std::vector<std::string> command(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  }

  ChildProcess child_;
  std::string last_;
};

class Proof {
 public:
  Proof(const TrainingOptions& options, const std::string& program, const Log& log, double seconds)
      : program_(program),
        log_(log),
        seconds_(seconds),
        scratch_(options.model),
        options_(trial_options(options, scratch_.path())) {
    catch_interrupts();
  }

  ResumeProof run() {
    plan(measure_update());
    finish(folder("whole"), configured("whole"));
    std::vector<std::string> cuts = interrupt();
    if (cuts.empty()) {
      throw Error(concat("cannot verify resuming: ", updates_,
                         " updates were over before they could be interrupted; try again, or give larger batches"));
    }
    return verdict(cuts);
  }

 private:
  fs::path folder(const char* name) const { return scratch_.path() / name; }

  std::vector<std::string> configured(const char* model) const {
    return {"--config", (scratch_.path() / "options.json").string(), "--model", folder(model).string()};
  }

  [[noreturn]] void fail(const Run& run) const {
    throw Error(concat("cannot verify resuming: the trial run itself failed: ", run.last()));
  }

  /// Seconds, from a run that is thrown away but for its tokenizers.
  double measure_update() {
    constexpr std::int64_t kEndless = 1'000'000, kEnough = 10;
    constexpr double kEnoughSeconds = 5;
    write_json(scratch_.path() / "options.json", trial_configuration(options_, kEndless));
    Run run(program_, configured("measured"));
    if (!run.reach(1)) run.finish(), fail(run);
    const Stopwatch stopwatch;
    std::int64_t updates = 0;
    do {
      if (!run.reach(2 + updates++)) run.finish(), fail(run);
    } while (updates < kEnough && stopwatch.elapsed_seconds() < kEnoughSeconds);
    const double seconds = stopwatch.elapsed_seconds() / static_cast<double>(updates);
    run.stop(SIGKILL);
    if (options_.vocabs.empty() && options_.from.empty()) options_.vocabs = tokenizers_in(folder("measured"));
    return seconds;
  }

  void plan(double seconds_per_update) {
    constexpr std::int64_t kFewest = 6, kMost = 1000;
    updates_ =
        std::clamp(std::llround(seconds_ / seconds_per_update), static_cast<long long>(kFewest), static_cast<long long>(kMost));
    log_.info(concat("Verifying that training resumes exactly: ", counted(updates_, "update", "updates"), " of ",
                     fixed(seconds_per_update, 3), " s, once in one piece, once interrupted"));
    write_json(scratch_.path() / "options.json", trial_configuration(options_, updates_));
  }

  void finish(const fs::path& model, const std::vector<std::string>& arguments) {
    Run run(program_, arguments);
    if (run.finish() != 0) fail(run);
    if (saved_update(model) != updates_) throw Error("cannot verify resuming: the trial run ended early: " + run.last());
  }

  /// Trains `cut` in three stretches; where it was interrupted, in words.
  std::vector<std::string> interrupt() {
    Random random(std::random_device{}());
    const fs::path cut = folder("cut");
    const auto between = [&](std::int64_t first, std::int64_t last) {
      return first + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(std::max<std::int64_t>(last - first, 1))));
    };
    const std::int64_t first = between(1, updates_ / 2);
    std::vector<std::string> cuts;
    {
      Run run(program_, configured("cut"));
      if (run.reach(first) && run.stop(SIGTERM) == 130) cuts.push_back(concat("at update ", saved_update(cut), " by SIGTERM"));
    }
    const std::int64_t second = between(saved_update(cut) + 1, 4 * updates_ / 5);
    {
      Run run(program_, {"--model", cut.string()});
      if (run.reach(second) && run.stop(SIGKILL) == 128 + SIGKILL) {
        cuts.push_back(
            concat("after update ", second, " by SIGKILL, going on from the checkpoint of update ", saved_update(cut)));
      }
    }
    finish(cut, {"--model", cut.string()});
    return cuts;
  }

  ResumeProof verdict(const std::vector<std::string>& cuts) const {
    const auto difference = first_difference(folder("whole"), folder("cut"));
    const std::string places = cuts.size() == 2 ? cuts[0] + " and " + cuts[1] : cuts[0];
    const std::string runs = concat(counted(updates_, "update", "updates"), " in one piece and as many interrupted ", places);
    const std::string where =
        concat("; device ", options_.device, ", threads ", options_.threads, ", ", to_duration(stopwatch_.elapsed_seconds()));
    if (difference)
      return {false, concat("Resuming is NOT exact here: ", runs, " do not give the same; first ", *difference, where)};
    return {true, concat("Resuming is exact: ", runs, " give the same, bit for bit: ", count_tensors(folder("whole")),
                         " tensors of weights and optimizer, the stream's position, scores and history", where)};
  }

  std::string program_;
  Log log_;
  double seconds_;  // of learning, in each run
  Stopwatch stopwatch_;
  ScratchFolder scratch_;
  TrainingOptions options_;
  std::int64_t updates_ = 0;
};

}  // namespace

ResumeProof prove_resume(const TrainingOptions& options, const std::string& program, const Log& log, double seconds) {
  return Proof(options, program, log, seconds).run();
}

}  // namespace mynah::training
