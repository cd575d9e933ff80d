#include "corpus/check_report.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "text/utf8.h"

namespace mynah::corpus {
namespace {

/// What of a text an example shows: its beginning, on one line, valid, control characters visible.
std::string shown(std::string_view text) {
  constexpr std::size_t kShown = 110;
  const std::string whole = repair_utf8(text.substr(0, 8 * kShown));
  const std::string_view cut = first_code_points(whole, kShown);
  std::string result;
  for (const char c : cut) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20)
      result += {'\xE2', '\x90', static_cast<char>(0x80 + byte)};  // ␀, ␁ …
    else
      result += c;
  }
  return cut.size() < text.size() ? result + " …" : result;
}

std::string with_thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3)
    digits.insert(static_cast<std::size_t>(place), ",");
  return digits;
}

/// "12.3 %", with more digits where the share is small.
std::string percent(std::uint64_t part, std::uint64_t whole) {
  const double share = whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  char text[32];
  std::snprintf(text, sizeof text, share < 1 ? "%.3f %%" : "%.1f %%", share);
  return text;
}

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string section(const CheckReport& report, const FaultInfo& fault, std::uint64_t pairs) {
  const FaultCount& count = report.faults[static_cast<std::size_t>(fault.fault)];
  std::string name = fault.name;
  name.resize(std::max<std::size_t>(name.size(), 22), ' ');
  std::string text = concat("\n", name, padded(with_thousands(count.pairs), 12), padded(percent(count.pairs, pairs), 10), "  ",
                            report.left_out.contains(fault.fault) ? "left out  " : "kept      ", fault.meaning, "\n");
  for (const FaultExample& example : count.examples) {
    text += concat("  ", example.place, example.detail.empty() ? "" : " (" + example.detail + ")", "\n    ", example.source,
                   "\n    ", example.target, "\n");
  }
  return text;
}

std::string summary(const CheckReport& report, const CorpusCount& total) {
  const auto part = [&](std::uint64_t pairs) { return concat(with_thousands(pairs), " (", percent(pairs, total.read), ")"); };
  return concat("Checked ", with_thousands(total.read), " pairs", report.languages.empty() ? "" : " " + report.languages,
                "\n  without a finding   ", part(total.without_faults), "\n  left out            ", part(total.read - total.kept),
                "\n  kept                ", part(total.kept), "\n");
}

Json examples_to_json(const FaultCount& count) {
  Json examples = Json::array();
  for (const FaultExample& example : count.examples) {
    examples.push_back(
        {{"place", example.place}, {"detail", example.detail}, {"source", example.source}, {"target", example.target}});
  }
  return examples;
}

}  // namespace

CorpusCount CheckReport::total() const {
  CorpusCount total;
  for (const CorpusCount& corpus : corpora) {
    total.read += corpus.read;
    total.without_faults += corpus.without_faults;
    total.kept += corpus.kept;
    for (std::size_t fault = 0; fault < kFaults; ++fault) total.faults[fault] += corpus.faults[fault];
  }
  return total;
}

std::string to_text(const CheckReport& report) {
  const CorpusCount total = report.total();
  std::string text = summary(report, total), absent;
  for (const CorpusCount& corpus : report.corpora) {
    if (report.corpora.size() < 2) break;
    text += concat("  ", corpus.name, ": ", with_thousands(corpus.read), " pairs, ", with_thousands(corpus.kept), " kept\n");
  }
  for (const FaultInfo& fault : all_faults()) {
    const bool found = report.faults[static_cast<std::size_t>(fault.fault)].pairs > 0;
    if (found)
      text += section(report, fault, total.read);
    else
      absent += concat(absent.empty() ? "" : ", ", fault.name);
  }
  if (!absent.empty()) text += concat("\nNot found: ", absent, "\n");
  if (report.not_compared > 0) {
    text += concat("\nRepetitions: the memory was full after ", with_thousands(report.compared), " pairs; the later ",
                   with_thousands(report.not_compared), " were compared with those, not with each other (--check-memory)\n");
  }
  for (const std::string& copy : report.copies)
    text += concat(copy == report.copies.front() ? "\n" : "", "Written: ", copy, "\n");
  return text;
}

Json to_json(const CheckReport& report) {
  const CorpusCount total = report.total();
  Json json = {{"languages", report.languages},
               {"pairs", total.read},
               {"without_findings", total.without_faults},
               {"left_out", total.read - total.kept},
               {"kept", total.kept},
               {"length_ratio", report.length_ratio},
               {"seconds", report.seconds},
               {"remembered", report.compared},
               {"not_remembered", report.not_compared}};
  json["findings"] = Json::object();
  for (const FaultInfo& fault : all_faults()) {
    const FaultCount& count = report.faults[static_cast<std::size_t>(fault.fault)];
    const double share = total.read == 0 ? 0 : static_cast<double>(count.pairs) / static_cast<double>(total.read);
    json["findings"][fault.name] = {{"pairs", count.pairs},
                                    {"share", share},
                                    {"left_out_for_it", count.left_out},
                                    {"reason_to_leave_out", report.left_out.contains(fault.fault)},
                                    {"examples", examples_to_json(count)}};
  }
  json["corpora"] = Json::array();
  for (const CorpusCount& corpus : report.corpora) {
    Json findings = Json::object();
    for (const FaultInfo& fault : all_faults()) findings[fault.name] = corpus.faults[static_cast<std::size_t>(fault.fault)];
    json["corpora"].push_back({{"name", corpus.name},
                               {"pairs", corpus.read},
                               {"without_findings", corpus.without_faults},
                               {"kept", corpus.kept},
                               {"findings", findings}});
  }
  json["written"] = report.copies;
  return json;
}

void CheckAccount::begin_corpus(const Source& source) {
  source_ = &source;
  report_.corpora.push_back({.name = name_of(source)});
}

bool CheckAccount::add(const CheckedPair& pair) {
  CorpusCount& corpus = report_.corpora.back();
  ++corpus.read;
  corpus.without_faults += pair.found.empty();
  const Found* reason = nullptr;
  for (const Found& found : pair.found) {
    const auto fault = static_cast<std::size_t>(found.fault);
    ++corpus.faults[fault];
    ++report_.faults[fault].pairs;
    show(report_.faults[fault], pair, found);
    if (report_.left_out.contains(found.fault) && (reason == nullptr || found.fault < reason->fault)) reason = &found;
  }
  if (reason != nullptr) ++report_.faults[static_cast<std::size_t>(reason->fault)].left_out;
  corpus.kept += reason == nullptr;
  return reason == nullptr;
}

void CheckAccount::show(FaultCount& count, const CheckedPair& pair, const Found& found) {
  const auto most = static_cast<std::uint64_t>(most_examples_);
  const std::uint64_t place = count.pairs <= most ? count.pairs - 1 : random_.below(count.pairs);
  if (place >= most) return;
  const bool of_target = source_->paths.size() > 1 && found.detail.starts_with("target");
  FaultExample example{concat(source_->paths[of_target ? 1 : 0], ", line ", pair.text.line), shown(found.detail),
                       shown(pair.text.source), shown(pair.text.target)};
  if (count.examples.size() == most) count.examples.erase(count.examples.begin() + static_cast<std::ptrdiff_t>(place));
  count.examples.push_back(std::move(example));  // so they stay in order
}

}  // namespace mynah::corpus
