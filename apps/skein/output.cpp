#include "apps/skein/output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "apps/skein/exit_code.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

/// Returns an error number or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

std::size_t warning_count(const Diagnostics& diagnostics) {
  const auto is_warning = [](const Diagnostic& item) { return item.severity == Severity::warning; };
  return static_cast<std::size_t>(std::ranges::count_if(diagnostics.items(), is_warning));
}

Value to_value(const Diagnostic& diagnostic) {
  Object object;
  add(object, "code", diagnostic.code);
  add(object, "severity", std::string(severity_name(diagnostic.severity)));
  add(object, "file", diagnostic.where.file);
  add(object, "line", std::uint64_t{diagnostic.where.line});
  add(object, "column", std::uint64_t{diagnostic.where.column});
  add(object, "path", diagnostic.path);
  add(object, "message", diagnostic.message);
  add(object, "expected", diagnostic.expected);
  add(object, "found", diagnostic.found);
  add(object, "suggestion", diagnostic.suggestion);
  return object;
}

}  // namespace

bool prepare_standard_streams() {
  // What cannot be written is said, and is no reason to die.
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);
  const bool is_open = ::fcntl(STDOUT_FILENO, F_GETFD) != -1;
  // The lowest free descriptor is taken, so that this fills 0, 1 and 2.
  int descriptor = 0;
  do {
    descriptor = ::open("/dev/null", O_RDWR);
  } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
  if (descriptor >= 0) ::close(descriptor);
  return is_open;
}

bool print(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error != 0 && error != EPIPE) {
    Diagnostics diagnostics;
    diagnostics.add({"output-failed",
                     Severity::error,
                     {},
                     "",
                     "standard output cannot be written",
                     "",
                     std::generic_category().message(error),
                     ""});
    print_diagnostics(diagnostics);
  }
  return error == 0;
}

int print_and_exit(std::string_view text) { return print(text) ? exit_done : exit_failed; }

void say(std::string_view text) { static_cast<void>(write_all(STDERR_FILENO, text)); }

void print_diagnostics(const Diagnostics& diagnostics) {
  if (diagnostics.empty()) return;
  std::string text;
  const Diagnostics sorted = in_document_order(diagnostics);
  for (const Diagnostic& item : sorted.items()) text += to_text(item) + "\n";
  if (diagnostics.has_errors() || warning_count(diagnostics) > 0) text += count_text(diagnostics) + "\n";
  say(text);
}

std::string count_text(const Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const std::size_t warnings = warning_count(diagnostics);
  if (warnings == 0) return errors == 0 ? "no errors" : counted(errors, "error");
  return (errors == 0 ? "" : counted(errors, "error") + ", ") + counted(warnings, "warning");
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

Value to_value(const Diagnostics& diagnostics) {
  List list;
  const Diagnostics sorted = in_document_order(diagnostics);
  for (const Diagnostic& item : sorted.items()) list.push_back(to_value(item));
  return list;
}

int refuse(const Diagnostics& diagnostics, bool json) {
  print_diagnostics(diagnostics);
  if (!json) return exit_wrong_input;
  Object object;
  add(object, "error", count_text(diagnostics));
  add(object, "diagnostics", to_value(diagnostics));
  static_cast<void>(print(write_json(object)));
  return exit_wrong_input;
}

Diagnostic bad_argument(std::string message, std::string expected, std::string found, std::string suggestion) {
  return {"bad-argument",   Severity::error,      {}, "", std::move(message), std::move(expected),
          std::move(found), std::move(suggestion)};
}

void add(Object& object, std::string_view key, Value value) {
  object.push_back({std::string(key), {}, std::move(value)});
}

}  // namespace skein::tool
