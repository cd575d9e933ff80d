// Runs a fuzzer without libFuzzer: `fuzz_utf8 seeds/utf8 5000` feeds it every file of the folder, then 5,000 mutations of them,
// the same ones each time. `fuzz_utf8 FILE` feeds it that file alone. What ends the process is left in the file `finding`.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "fuzz.h"

namespace {

std::string input;  // what the fuzzer is fed now

void keep_input() {
  const int file = ::open("finding", O_CREAT | O_WRONLY | O_TRUNC, 0644);
  const bool kept = file >= 0 && ::write(file, input.data(), input.size()) == static_cast<ssize_t>(input.size());
  const char* note = kept ? "the input is in the file 'finding'\n" : "the input could not be written to the file 'finding'\n";
  if (::write(STDERR_FILENO, note, std::char_traits<char>::length(note)) < 0) ::_exit(1);
}

void on_signal(int number) {
  keep_input();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void feed() { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size()); }

/// The bytes as they are, compressed or not.
std::string read_seed(const std::filesystem::path& path) {
  const mynah::MappedFile file(path);
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

std::vector<std::string> read_seeds(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {read_seed(path)};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<std::string> seeds;
  for (const auto& file : files) seeds.push_back(read_seed(file));
  mynah::ensure(!seeds.empty(), "there are seeds");
  return seeds;
}

/// Changes texts a little, as damage and malice do. std::mt19937_64 draws the same numbers everywhere.
class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& seeds) : seeds_(seeds) {}

  std::string next() {
    std::string text = seeds_[below(seeds_.size())];
    for (std::size_t change = 1 + below(4); change > 0; --change) mutate(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void mutate(std::string& text) {
    const std::size_t place = below(text.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(text.size() - place, 16));
    switch (below(7)) {
      case 0:
        if (!text.empty()) text[place] = static_cast<char>(text[place] ^ (1 << below(8)));
        break;
      case 1:
        if (!text.empty()) text[place] = static_cast<char>(below(256));
        break;
      case 2:
        text.erase(place, length);
        break;
      case 3:
        text.insert(place, text.substr(place, length));
        break;
      case 4:
        text.insert(place, std::string(length, static_cast<char>(below(256))));
        break;
      case 5:
        text.replace(place, length, kTelling[below(kTelling.size())]);
        break;
      default: {
        const std::string& other = seeds_[below(seeds_.size())];
        text = text.substr(0, place) + other.substr(below(other.size()));
      }
    }
  }

  static constexpr std::array<const char*, 10> kTelling = {"\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
                                                           "18446744073709551615",
                                                           "-1",
                                                           "1e999",
                                                           "\xed\xa0\x80",
                                                           "[[[[",
                                                           "{\"\":",
                                                           "null",
                                                           "\"",
                                                           "\xf4\x90"};

  const std::vector<std::string>& seeds_;
  std::mt19937_64 random_{20261121};
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) {
    std::cerr << "usage: " << argv[0] << " FOLDER|FILE [MUTATIONS]\n";
    return 2;
  }
  for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL}) std::signal(number, on_signal);
  const auto seeds = read_seeds(argv[1]);
  for (const auto& seed : seeds) {
    input = seed;
    feed();
  }
  Mutator mutator(seeds);
  const long mutations = argc > 2 ? std::stol(argv[2]) : 0;
  for (long count = 0; count < mutations; ++count) {
    input = mutator.next();
    feed();
  }
  std::cout << seeds.size() << " seeds and " << mutations << " mutations, no finding\n";
} catch (const std::exception& error) {
  std::cerr << "ended with an exception: " << error.what() << '\n';
  keep_input();
  return 1;
}
