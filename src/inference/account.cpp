#include "inference/account.h"

#include <nlohmann/json.hpp>

namespace mynah::inference {
namespace {

/// Calls visit(name, member) for every count of accounts, however many of them are walked through at once.
template <class Visit, class... Accounts>
void each_count(Visit visit, Accounts&... accounts) {
  visit("lines", accounts.lines...);
  visit("blank_lines", accounts.blank_lines...);
  visit("sentences", accounts.sentences...);
  visit("source_tokens", accounts.source_tokens...);
  visit("target_tokens", accounts.target_tokens...);
  visit("unfinished", accounts.unfinished...);
  visit("split_sentences", accounts.split_sentences...);
  visit("suspects", accounts.suspects...);
  visit("retries", accounts.retries...);
  visit("repaired_lines", accounts.repaired_lines...);
  visit("invalid_utf8", accounts.repairs.invalid...);
  visit("nul", accounts.repairs.nul...);
  visit("byte_order_marks", accounts.repairs.bom...);
  visit("carriage_returns", accounts.repairs.returns...);
  visit("control_characters", accounts.repairs.controls...);
  visit("seconds", accounts.elapsed_seconds...);
}

}  // namespace

void Account::add(const Generated& line) {
  sentences += line.parts.size();
  sentences_of_line += line.parts.size();
  split_sentences += static_cast<std::uint64_t>(line.split_sentences);
  repairs += line.repairs;
  read += line.read;
  for (const Part& part : line.parts) {
    source_tokens += part.source_pieces.size() + 1;
    target_tokens += part.candidates.front().pieces.size() + 1;
    unfinished += part.candidates.front().complete ? 0 : 1;
    suspects += is_suspect(part.findings) ? 1 : 0;
    retries += part.retried ? 1 : 0;
  }
  if (line.repairs.any()) line_is_repaired = true;
  if (!line.complete) return;
  ++lines;
  blank_lines += sentences_of_line == 0 ? 1 : 0;
  repaired_lines += line_is_repaired ? 1 : 0;
  sentences_of_line = 0;
  line_is_repaired = false;
}

Account& Account::operator+=(const Account& other) {
  each_count([](const char*, auto& sum, const auto& more) { sum += more; }, *this, other);
  read += other.read;
  return *this;
}

Json to_json(const Account& account) {
  Json json;
  each_count([&](const char* name, const auto& count) { json[name] = count; }, account);
  if (account.read.documents > 0) json["read"] = to_json(account.read);
  return json;
}

Account account_from_json(const Json& json) {
  Account account;
  each_count([&](const char* name, auto& count) { json.at(name).get_to(count); }, account);
  if (json.contains("read")) account.read = read_account_from_json(json.at("read"));
  return account;
}

}  // namespace mynah::inference
