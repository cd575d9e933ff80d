// What programs tell the user while they work, on standard error; passed in, never global.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mynah {

enum class LogLevel { debug, info, warning };

/// Takes finished lines. Made by `cli` for programs; tests collect lines in a vector.
class Log {
 public:
  using Sink = std::function<void(LogLevel, std::string_view line)>;
  Log() = default;  // silent
  explicit Log(Sink sink) : sink_(std::move(sink)) {}
  void debug(std::string_view line) const { write(LogLevel::debug, line); }
  void info(std::string_view line) const { write(LogLevel::info, line); }
  void warning(std::string_view line) const { write(LogLevel::warning, line); }

 private:
  void write(LogLevel level, std::string_view line) const {
    if (sink_) sink_(level, line);
  }
  Sink sink_;
};

}  // namespace mynah
