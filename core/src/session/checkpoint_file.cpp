#include "skein/checkpoint_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "run/checksum.hpp"
#include "session/checkpoint_head.hpp"
#include "skein/json.hpp"
#include "skein/session.hpp"

namespace skein {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "skein checkpoint 1";
constexpr std::size_t longest_head = std::size_t{16} * 1024 * 1024;

std::string system_message(int error) { return std::generic_category().message(error); }

void report(Diagnostics& diagnostics, const char* code, const std::string& file, std::string message,
            std::string found = "", std::string suggestion = "") {
  diagnostics.add(
      {code, Severity::error, {file, 0, 0}, "", std::move(message), "", std::move(found), std::move(suggestion)});
}

std::string checksum_text(std::string_view text) {
  Checksum checksum;
  checksum.add(text.data(), text.size());
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(checksum.value()));
  return digits.data();
}

/// Waits until the content of a file or folder is on the disk. Returns an error number or 0.
int synchronize(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return error;
}

/// Returns an error number or 0.
int write_parts(const fs::path& path, const std::string& head, const Run& run) {
  errno = 0;
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  if (!stream) return errno != 0 ? errno : EIO;
  stream << head << checksum_text(head) << '\n';
  run.checkpoint(stream);
  stream.flush();
  if (!stream) return errno != 0 ? errno : EIO;
  stream.close();
  return stream ? synchronize(path, O_RDONLY) : EIO;
}

/// The new file takes the place of the old one, which gets a second name first. Returns an error number or 0.
int replace(const fs::path& written, const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error)) {
    fs::path previous = file;
    previous += ".previous";
    fs::remove(previous, error);
    fs::create_hard_link(file, previous, error);
    if (error) fs::copy_file(file, previous, fs::copy_options::overwrite_existing, error);
  }
  fs::rename(written, file, error);
  if (error) return error.value();
  return synchronize(file.parent_path().empty() ? "." : file.parent_path(), O_RDONLY | O_DIRECTORY);
}

/// Reads a line without its end; nothing at the end of the file or where the line is longer.
std::optional<std::string> read_line(std::istream& stream, std::size_t longest) {
  std::string line;
  for (int letter = stream.get(); letter != std::istream::traits_type::eof(); letter = stream.get()) {
    if (letter == '\n') return line;
    if (line.size() == longest) return std::nullopt;
    line.push_back(static_cast<char>(letter));
  }
  return std::nullopt;
}

void report_other_form(const std::optional<std::string>& line, const std::string& file, Diagnostics& diagnostics) {
  if (line && line->starts_with("skein checkpoint ")) {
    report(diagnostics, "checkpoint-newer", file, "The checkpoint is written in a form that this version cannot read.",
           *line, "a newer version of Skein");
  } else {
    report(diagnostics, "checkpoint-foreign", file, "This is no checkpoint of Skein.");
  }
}

/// The text of the head, with the stream behind it.
std::optional<std::string> read_head_text(std::istream& stream, const std::string& file, Diagnostics& diagnostics) {
  const auto first = read_line(stream, first_line.size() + 20);
  if (first != first_line) {
    report_other_form(first, file, diagnostics);
    return std::nullopt;
  }
  auto text = read_line(stream, longest_head);
  const auto checksum = text ? read_line(stream, 16) : std::nullopt;
  const std::string previous = "FILE.previous is the one before it";
  if (!checksum) {
    report(diagnostics, "checkpoint-truncated", file, "The checkpoint ends too early.", "", previous);
    return std::nullopt;
  }
  if (*checksum != checksum_text(std::string(first_line) + "\n" + *text + "\n")) {
    report(diagnostics, "checkpoint-corrupted", file, "The checkpoint is damaged: its first lines were changed.", "",
           previous);
    return std::nullopt;
  }
  return text;
}

std::ifstream opened(const std::string& file, Diagnostics& diagnostics) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::error_code error;
  if (fs::is_directory(file, error)) {
    report(diagnostics, "file-unreadable", file, "the file \"" + file + "\" cannot be read", "a folder");
    stream.setstate(std::ios::failbit);
  } else if (!stream) {
    const int number = errno;
    const bool exists = number != ENOENT;
    report(diagnostics, exists ? "file-unreadable" : "file-not-found", file,
           exists ? "the file \"" + file + "\" cannot be read" : "there is no file \"" + file + "\"",
           system_message(number), fs::exists(file + ".previous", error) ? file + ".previous" : "");
  }
  return stream;
}

}  // namespace

bool write_checkpoint_file(const std::string& file, const Job& job, const Run& run, const std::string& every,
                           Diagnostics& diagnostics) {
  std::error_code error;
  fs::path target = fs::weakly_canonical(file, error);
  if (error) target = file;
  fs::path written = target;
  written += ".writing";
  const std::string head =
      std::string(first_line) + "\n" + write_json(to_value(head_of(job, run, every)), JsonLayout::one_line) + "\n";
  int problem = write_parts(written, head, run);
  if (problem == 0) problem = replace(written, target);
  if (problem == 0) return true;
  fs::remove(written, error);
  report(diagnostics, "output-unwritable", file, "the checkpoint \"" + file + "\" cannot be written",
         system_message(problem));
  return false;
}

std::optional<CheckpointHead> read_checkpoint_head(const std::string& file, Diagnostics& diagnostics) {
  std::ifstream stream = opened(file, diagnostics);
  if (!stream) return std::nullopt;
  const auto text = read_head_text(stream, file, diagnostics);
  return text ? head_from_text(*text, file, diagnostics) : std::nullopt;
}

std::optional<Job> prepare_checkpoint(const Session& session, const CheckpointHead& head, const std::string& file,
                                      Diagnostics& diagnostics) {
  const auto document = session.read_run(write_json(head.document), head.origin, diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (!job) return std::nullopt;
  job->options.seed = head.seed;
  const std::string then = plugins_text(head.plugins);
  const std::string now = plugins_text(job->plugins);
  if (then == now) return job;
  report(diagnostics, "checkpoint-other-plugin", file, "The checkpoint was made with other versions of plugins.",
         "made with " + then + "; loaded are " + now, "the plugins that it was made with, or a new run");
  return std::nullopt;
}

bool restore_checkpoint_file(const std::string& file, Run& run, Diagnostics& diagnostics) {
  std::ifstream stream = opened(file, diagnostics);
  if (!stream || !read_head_text(stream, file, diagnostics)) return false;
  Diagnostics found;
  const bool restored = run.restore(stream, found);
  for (Diagnostic diagnostic : found.items()) {
    diagnostic.where.file = file;
    diagnostics.add(std::move(diagnostic));
  }
  return restored;
}

}  // namespace skein
