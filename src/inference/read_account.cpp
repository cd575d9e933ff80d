#include "inference/read_account.h"

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace mynah::inference {
namespace {

/// Calls visit(name, member) for every count of accounts, however many of them are walked through at once.
template <class Visit, class... Accounts>
void each_count(Visit visit, Accounts&... accounts) {
  visit("documents", accounts.documents...);
  visit("paragraphs", accounts.paragraphs...);
  visit("paragraphs_read", accounts.paragraphs_read...);
  visit("sentences", accounts.sentences...);
  visit("sentences_read", accounts.sentences_read...);
  visit("words", accounts.words...);
  visit("words_read", accounts.words_read...);
  visit("written", accounts.written...);
  visit("summaries", accounts.summaries...);
  visit("summary_sentences", accounts.summary_sentences...);
  visit("summary_words", accounts.summary_words...);
}

std::string counted(std::uint64_t count, const char* one) { return concat(count, " ", one, count == 1 ? "" : "s"); }

}  // namespace

ReadAccount& ReadAccount::operator+=(const ReadAccount& other) {
  each_count([](const char*, auto& sum, const auto& more) { sum += more; }, *this, other);
  return *this;
}

Json to_json(const ReadAccount& read) {
  Json json;
  each_count([&](const char* name, const auto& count) { json[name] = count; }, read);
  return json;
}

ReadAccount read_account_from_json(const Json& json) {
  ReadAccount read;
  each_count([&](const char* name, auto& count) { json.at(name).get_to(count); }, read);
  return read;
}

std::string describe(const ReadAccount& read) {
  std::string text = concat(counted(read.documents, "document"), ", ", counted(read.paragraphs, "paragraph"), ", ",
                            counted(read.sentences, "sentence"), ", ", counted(read.words, "word"), "; ",
                            read.summaries == 1 ? "the summary has " : concat(read.summaries, " summaries have "),
                            counted(read.summary_sentences, "sentence"), ", ", counted(read.summary_words, "word"));
  if (read.written > 0) text += concat("; the model read ", counted(read.sentences_read, "sentence"));
  if (read.paragraphs_read < read.paragraphs) {
    text += concat("; left out as less relevant: ", counted(read.paragraphs - read.paragraphs_read, "paragraph"), ", ",
                   counted(read.words - read.words_read, "word"), " (--read-words)");
  }
  return text;
}

}  // namespace mynah::inference
