// Files as programs here use them: lines in (plain, gzip, xz, zstd, standard input), whole files out or none, memory maps.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace mynah {

/// Reads a text line by line. The path "-" is standard input; gzip, xz and zstd are recognised by their first bytes.
/// Throws Error naming the file when it is missing, unreadable, a directory, or its compressed data are damaged.
class LineReader {
 public:
  explicit LineReader(const std::string& path);
  ~LineReader();
  LineReader(LineReader&&) noexcept;
  LineReader& operator=(LineReader&&) noexcept;

  /// Puts the next line, without its "\n" or "\r\n", into `line`; false at the end. A last line without "\n" counts.
  bool next(std::string& line);
  /// The number of the line that next() gave last, from 1; 0 before the first.
  std::uint64_t line_number() const;
  const std::string& path() const;

 private:
  struct Source;
  std::unique_ptr<Source> source_;
};

/// Writes a file that appears whole or not at all: bytes go to `path.partial`, which commit() syncs and renames.
/// Without commit() the destructor removes it. The path "-" is standard output, written at once.
/// A link is followed, and what is no regular file (a device, a pipe) is written in place. Compressed by name when it ends in
/// .gz, .xz or .zst. Every failure (not writable, disk full) throws Error naming the file.
class OutputFile {
 public:
  enum class Compression { by_name, none };
  explicit OutputFile(const std::string& path, Compression compression = Compression::by_name);
  ~OutputFile();
  OutputFile(OutputFile&&) noexcept;
  OutputFile& operator=(OutputFile&&) noexcept;

  void write(std::string_view bytes);
  void flush();
  void commit();

 private:
  struct Sink;
  std::unique_ptr<Sink> sink_;
};

/// A whole file, read-only, mapped into memory. Throws Error when it cannot be opened. An empty file gives an empty span.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&&) noexcept;
  MappedFile& operator=(MappedFile&&) noexcept;

  std::span<const std::byte> bytes() const;
  const std::filesystem::path& path() const;

 private:
  struct Mapping;
  std::unique_ptr<Mapping> mapping_;
};

/// The whole (uncompressed) content of a file. Throws Error naming it.
std::string read_file(const std::filesystem::path& path);

/// Writes a file that appears whole or not at all (an OutputFile, without compression by name).
void write_file(const std::filesystem::path& path, std::string_view content);

/// The same for small files written many times a second: a crash of the program leaves the old content or the new; one of the
/// machine may leave neither.
void replace_file(const std::filesystem::path& path, std::string_view content);

/// Makes the folder and its parents. Throws Error naming it.
void make_folder(const std::filesystem::path& path);

}  // namespace mynah
