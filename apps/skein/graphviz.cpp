#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "apps/skein/drawing.hpp"

namespace skein::tool {
namespace {

/// A file without a name, gone when it is closed.
using ScratchFile = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

ScratchFile scratch_file() { return {std::tmpfile(), &std::fclose}; }

bool write_all(std::FILE* file, const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
  std::rewind(file);
  return written;
}

std::string read_all(std::FILE* file) {
  std::rewind(file);
  std::string text;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, count);
  return text;
}

/// Runs `dot -Tsvg` with these files as standard input and output. Returns an error number when it does not start.
int run_dot(std::FILE* in, std::FILE* out, int& status) {
  char program[] = "dot";
  char format[] = "-Tsvg";
  char* const words[] = {program, format, nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(in), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(out), STDOUT_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, program, &actions, nullptr, words, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return error;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return 0;
}

Diagnostic failure(std::string code, std::string message, std::string expected, std::string found) {
  return {std::move(code), Severity::error, {}, "", std::move(message), std::move(expected), std::move(found), ""};
}

}  // namespace

std::optional<std::string> svg_of(const std::string& dot, Diagnostics& diagnostics) {
  const ScratchFile in = scratch_file();
  const ScratchFile out = scratch_file();
  int status = 0;
  const int error =
      in == nullptr || out == nullptr || !write_all(in.get(), dot) ? EIO : run_dot(in.get(), out.get(), status);
  if (error == ENOENT) {
    diagnostics.add(
        failure("no-graphviz", "SVG is drawn by the program 'dot', which is not installed",
                "the package graphviz, or a drawing as dot: a file that does not end in .svg, another --format", ""));
    return std::nullopt;
  }
  std::string svg = error == 0 ? read_all(out.get()) : "";
  if (error == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && !svg.empty()) return svg;
  diagnostics.add(
      failure("graphviz-failed", "the program 'dot' could not draw the graph", "",
              error != 0 ? std::generic_category().message(error) : "it ended with status " + std::to_string(status)));
  return std::nullopt;
}

}  // namespace skein::tool
