#include "inference/workers.h"

#include <algorithm>
#include <utility>

namespace mynah::inference {
namespace {

constexpr std::size_t kWorthAThread = 8;  // waiting sentences
constexpr std::size_t kWindowsHeld = 4;   // of results that wait for an earlier line

std::size_t threads_of(const GenerationOptions& options) {
  return options.threads > 0 ? static_cast<std::size_t>(options.threads) : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Workers::Workers(const GuardedDecoder& decoder, const GenerationOptions& options, std::function<void(const Generated&)> done,
                 std::function<bool()> stop)
    : decoder_(decoder),
      options_(options),
      stop_(std::move(stop)),
      most_threads_(threads_of(options)),
      queue_(decoder.read_ahead()),
      lines_(std::move(done), kWindowsHeld * decoder.read_ahead()) {}

Workers::~Workers() { abandon(); }

void Workers::put(PreparedLine line) {
  std::vector<std::string> texts;
  for (const PreparedSentence& sentence : line.sentences) texts.push_back(sentence.part.source);
  const std::uint64_t number = add(line);
  for (std::size_t part = 0; part < line.sentences.size(); ++part) {
    queue_.put({sentences_++, number, part, std::move(line.sentences[part].source), std::move(texts[part])});
    if (worth_another()) start_another();
  }
}

std::uint64_t Workers::add(PreparedLine& prepared) {
  Generated line;
  for (PreparedSentence& sentence : prepared.sentences) line.parts.push_back(std::move(sentence.part));
  decoder_.judge_line(line.parts);
  line.complete = prepared.complete;
  line.split_sentences = prepared.split_sentences;
  line.repairs = prepared.repairs;
  try {
    return lines_.add(std::move(line));
  } catch (...) {  // nothing can be given any more
    abandon();
    throw;
  }
}

bool Workers::worth_another() const {
  return threads_.empty() || (threads_.size() < most_threads_ && queue_.size() >= kWorthAThread);
}

void Workers::start_another() {
  ++started_;
  threads_.emplace_back([this] { work(); });
}

void Workers::work() {
  try {
    const auto model = decoder_.step_model(static_cast<std::size_t>(decoder_.mini_batch()),
                                           static_cast<std::size_t>(options_.max_source_length));
    std::size_t held = 0;
    const auto next = [&]() -> std::optional<Job> {
      if (stopped() || held >= fair_share()) return std::nullopt;
      std::optional<Job> job = queue_.take();
      if (job) ++held, ++in_flight_;
      return job;
    };
    const auto done = [&](const Job& job, Decoded decoded) {
      --held, --in_flight_;
      lines_.fill(job.line, job.part, std::move(decoded));
    };
    while (queue_.wait()) decoder_.decode(*model, next, done);
  } catch (...) {
    const std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = std::current_exception();
    abandon();
  }
}

/// Sentences that one worker may hold, so that the last ones are spread over all.
std::size_t Workers::fair_share() const {
  const std::size_t left = queue_.size() + in_flight_;
  return (left + started_ - 1) / started_;
}

bool Workers::stopped() {
  if (!abandoned_ && stop_ && stop_()) abandon();
  return abandoned_;
}

void Workers::abandon() {
  abandoned_ = true;
  queue_.abandon();
  lines_.release();
}

Account Workers::finish() {
  queue_.close();
  threads_.clear();  // joins
  if (failure_) std::rethrow_exception(failure_);
  return lines_.account();
}

}  // namespace mynah::inference
