#include "inference/worth_a_look.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace mynah::inference {
namespace {

Finding::Kind kind_named(const std::string& name) {
  for (const Finding::Kind kind : {Finding::Kind::missing, Finding::Kind::changed, Finding::Kind::unmet}) {
    if (name == name_of(kind)) return kind;
  }
  return Finding::Kind::suspect;
}

}  // namespace

void WorthALook::add(std::uint64_t line, const Finding& finding) {
  suspects_ += finding.kind == Finding::Kind::suspect ? 1 : 0;
  if (line != last_) {
    ++total_;
    if (listed_.size() < kListed) listed_.push_back({line, {}});
  }
  last_ = line;
  const bool is_listed = listed_.back().line == line && listed_.back().findings.size() < kFindingsListed;
  if (is_listed) listed_.back().findings.push_back(finding);
}

void WorthALook::add(std::uint64_t line, const Generated& generated) {
  Repairs repairs = generated.repairs;
  repairs.bom = 0;  // nobody misses a byte order mark
  if (repairs.any()) add(line, Finding{Finding::Kind::changed, "repaired: " + describe(repairs)});
  if (generated.split_sentences > 0) {
    add(line, Finding{Finding::Kind::changed,
                      concat(generated.split_sentences, generated.split_sentences == 1 ? " sentence" : " sentences",
                             " over the model's limit, translated in parts")});
  }
  for (const Part& part : generated.parts) {
    for (const Finding& finding : part.findings) add(line, finding);
  }
}

WorthALook& WorthALook::operator+=(const WorthALook& more) {
  const std::size_t room = kListed - listed_.size();
  listed_.insert(listed_.end(), more.listed_.begin(), more.listed_.begin() + std::min(room, more.listed_.size()));
  total_ += more.total_;
  suspects_ += more.suspects_;
  return *this;
}

Json to_json(const WorthALook& looks) {
  Json listed = Json::array();
  for (const Look& look : looks.listed_) {
    Json findings = Json::array();
    for (const Finding& finding : look.findings)
      findings.push_back({{"kind", name_of(finding.kind)}, {"reason", finding.reason}});
    listed.push_back({{"line", look.line}, {"findings", std::move(findings)}});
  }
  return {{"lines", looks.total_}, {"suspects", looks.suspects_}, {"listed", std::move(listed)}};
}

WorthALook worth_a_look_from_json(const Json& json) {
  WorthALook looks;
  for (const Json& listed : json.at("listed")) {
    Look look{listed.at("line"), {}};
    for (const Json& finding : listed.at("findings"))
      look.findings.push_back({kind_named(finding.at("kind")), finding.at("reason")});
    looks.listed_.push_back(std::move(look));
  }
  looks.total_ = json.at("lines");
  looks.suspects_ = json.at("suspects");
  return looks;
}

}  // namespace mynah::inference
