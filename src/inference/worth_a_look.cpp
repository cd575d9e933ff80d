#include "inference/worth_a_look.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace mynah::inference {
namespace {

constexpr std::array<const char*, 3> kKinds = {"suspect", "missing", "changed"};  // as Finding::Kind

Finding::Kind kind_named(const std::string& name) {
  const auto* found = std::ranges::find(kKinds, name);
  return found == kKinds.end() ? Finding::Kind::suspect : static_cast<Finding::Kind>(found - kKinds.begin());
}

}  // namespace

void WorthALook::add(std::uint64_t line, const Finding& finding) {
  ++total_;
  suspects_ += finding.kind == Finding::Kind::suspect ? 1 : 0;
  if (listed_.size() < kListed) listed_.push_back({line, finding});
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
    listed.push_back(
        {{"line", look.line}, {"kind", kKinds.at(static_cast<std::size_t>(look.finding.kind))}, {"reason", look.finding.reason}});
  }
  return {{"total", looks.total_}, {"suspects", looks.suspects_}, {"listed", std::move(listed)}};
}

WorthALook worth_a_look_from_json(const Json& json) {
  WorthALook looks;
  for (const Json& look : json.at("listed")) {
    looks.listed_.push_back({look.at("line"), {kind_named(look.at("kind")), look.at("reason")}});
  }
  looks.total_ = json.at("total");
  looks.suspects_ = json.at("suspects");
  return looks;
}

}  // namespace mynah::inference
