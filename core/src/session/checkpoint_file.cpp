#include "skein/checkpoint_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include "run/checkpoint.hpp"
#include "run/checksum.hpp"
#include "session/checkpoint_head.hpp"
#include "session/plan_outline.hpp"
#include "skein/json.hpp"
#include "skein/session.hpp"

namespace skein {
namespace {

namespace fs = std::filesystem;

std::string system_message(int error) { return std::generic_category().message(error); }

void report(Diagnostics& diagnostics, const char* code, const std::string& file, std::string message,
            std::string found = "", std::string suggestion = "") {
  diagnostics.add(
      {code, Severity::error, {file, 0, 0}, "", std::move(message), "", std::move(found), std::move(suggestion)});
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
  stream << head;
  run.checkpoint(stream);
  stream.flush();
  if (!stream) return errno != 0 ? errno : EIO;
  stream.close();
  return stream ? synchronize(path, O_RDONLY) : EIO;
}

constexpr int no_regular_file = -1;

/// The new file takes the place of the old one, which gets a second name first. What is no file, a device, say, keeps
/// its place. Returns an error number, no_regular_file, or 0.
int replace(const fs::path& written, const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (fs::exists(status)) {
    if (!fs::is_regular_file(status) && !fs::is_directory(status)) return no_regular_file;
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

/// The first lines of a file, with the stream behind them.
std::optional<FoundHead> read_head(std::istream& stream, const std::string& file, Diagnostics& diagnostics) {
  std::string begin;
  // Three lines, or as much as there is.
  for (int lines = 0; lines < 3 && begin.size() < longest_head;) {
    const int letter = stream.get();
    if (letter == std::istream::traits_type::eof()) break;
    begin.push_back(static_cast<char>(letter));
    if (letter == '\n') ++lines;
  }
  return find_head(checkpoint_kind, begin, file, diagnostics);
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

/// Whether this engine may go on with the run; reports where it may not.
bool is_of_this_engine(const CheckpointHead& head, const std::string& file, Diagnostics& diagnostics) {
  if (head.engine == SKEIN_VERSION) return true;
  report(diagnostics, "checkpoint-other-engine", file, "The checkpoint was made by another version of Skein.",
         "version " + head.engine + " in the checkpoint, " SKEIN_VERSION " here",
         "the version that it was made with, or a new run");
  return false;
}

constexpr const char* files_of_problem = "the files that the problem is read from, as they were, or a new run";
constexpr const char* problem_of_host = "the problem that it was made with, or a new run";

void report_other_problem(const ValueDifference& other, const std::string& file, const char* suggestion,
                          Diagnostics& diagnostics) {
  report(diagnostics, "checkpoint-other-problem", file, "The checkpoint belongs to a run on another problem.",
         other.path + ": " + other.first + " in the checkpoint, " + other.second + " here", suggestion);
}

/// Whether the job is that of the checkpoint; reports where it is not.
bool is_job_of(const CheckpointHead& head, const Job& job, const std::string& file, const char* suggestion,
               Diagnostics& diagnostics) {
  if (const auto other = plugin_difference(head.plugins, job.plugins)) {
    report(diagnostics, "checkpoint-other-plugin", file, "The checkpoint was made with other versions of plugins.",
           other->path + ": " + other->first + " in the checkpoint, " + other->second + " here",
           "the plugins that it was made with, or a new run");
    return false;
  }
  const auto other = problem_difference(head.problem, problem_outline(job));
  if (other) report_other_problem(*other, file, suggestion, diagnostics);
  return !other;
}

std::string problem_name(const Value& document) {
  const Value* const problem = document.find("problem");
  const Value* const name = problem != nullptr && problem->is_object() ? problem->find("name") : problem;
  return name != nullptr && name->is_text() ? name->text() : "";
}

template <class Prepare>
std::optional<Job> prepare_with(const Session& session, const CheckpointHead& head, const std::string& file,
                                const char* suggestion, Diagnostics& diagnostics, Prepare prepare) {
  if (!is_of_this_engine(head, file, diagnostics)) return std::nullopt;
  const auto document = session.read_run(write_json(head.document), head.origin, diagnostics);
  std::optional<Job> job = document ? prepare(*document) : std::nullopt;
  if (!job || !is_job_of(head, *job, file, suggestion, diagnostics)) return std::nullopt;
  job->options.seed = head.seed;
  return job;
}

}  // namespace

bool write_checkpoint_file(const std::string& file, const Job& job, const Run& run, const std::string& every,
                           Diagnostics& diagnostics) {
  if (&run.plan() != job.plan.get()) throw std::invalid_argument("the run to write is no run of the job");
  std::error_code error;
  fs::path target = fs::weakly_canonical(file, error);
  if (error) target = file;
  fs::path written = target;
  written += ".writing";
  const std::string head =
      head_text(checkpoint_kind, write_json(to_value(head_of(job, run, every)), JsonLayout::one_line));
  int problem = 0;
  try {
    problem = write_parts(written, head, run);
  } catch (...) {
    fs::remove(written, error);
    throw;
  }
  if (problem == 0) problem = replace(written, target);
  if (problem == 0) return true;
  fs::remove(written, error);
  report(diagnostics, "output-unwritable", file, "the checkpoint \"" + file + "\" cannot be written",
         problem == no_regular_file ? "no regular file" : system_message(problem));
  return false;
}

std::optional<CheckpointHead> read_checkpoint_head(const std::string& file, Diagnostics& diagnostics) {
  std::ifstream stream = opened(file, diagnostics);
  if (!stream) return std::nullopt;
  const auto head = read_head(stream, file, diagnostics);
  return head ? head_from_text(head->json, file, checkpoint_kind, diagnostics) : std::nullopt;
}

std::optional<Job> prepare_checkpoint(const Session& session, const CheckpointHead& head, const std::string& file,
                                      Diagnostics& diagnostics) {
  return prepare_with(session, head, file, files_of_problem, diagnostics,
                      [&](const RunDocument& document) { return session.prepare(document, diagnostics); });
}

std::optional<Job> prepare_checkpoint(const Session& session, const CheckpointHead& head, const std::string& file,
                                      std::shared_ptr<const Problem> problem, Diagnostics& diagnostics) {
  if (problem == nullptr) return std::nullopt;
  if (const std::string then = problem_name(head.document); then != problem->name) {
    report_other_problem({"problem.name", then, problem->name}, file, problem_of_host, diagnostics);
    return std::nullopt;
  }
  return prepare_with(session, head, file, problem_of_host, diagnostics, [&](const RunDocument& document) {
    return session.prepare(document, std::move(problem), diagnostics);
  });
}

bool verify_checkpoint_file(const std::string& file, Diagnostics& diagnostics) {
  std::ifstream stream = opened(file, diagnostics);
  if (!stream || !read_head(stream, file, diagnostics)) return false;
  constexpr std::size_t block = std::size_t{1} << 16U;
  constexpr std::size_t sum_bytes = sizeof(std::uint64_t);
  Checksum checksum;
  std::size_t size = 0;
  std::vector<char> bytes;  // the last of them may be the checksum
  while (stream) {
    const std::size_t kept = bytes.size();
    bytes.resize(kept + block);
    stream.read(bytes.data() + kept, block);
    bytes.resize(kept + static_cast<std::size_t>(stream.gcount()));
    size += bytes.size() - kept;
    if (bytes.size() <= sum_bytes) break;
    const std::size_t summed = bytes.size() - sum_bytes;
    checksum.add(bytes.data(), summed);
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(summed));
  }
  std::uint64_t sum = 0;
  if (bytes.size() == sum_bytes) std::memcpy(&sum, bytes.data(), sum_bytes);
  if (size > checkpoint_header_bytes && bytes.size() == sum_bytes && sum == checksum.value()) return true;
  report(diagnostics, "checkpoint-corrupted", file, "The checkpoint is damaged, or cut off.", "",
         std::string(checkpoint_kind.advice));
  return false;
}

bool restore_checkpoint_file(const std::string& file, Run& run, Diagnostics& diagnostics) {
  std::ifstream stream = opened(file, diagnostics);
  const auto begin = stream ? read_head(stream, file, diagnostics) : std::nullopt;
  const auto head = begin ? head_from_text(begin->json, file, checkpoint_kind, diagnostics) : std::nullopt;
  if (!head || !is_of_this_engine(*head, file, diagnostics)) return false;
  Diagnostics found;
  const bool restored = run.restore(stream, found);
  for (Diagnostic diagnostic : found.items()) {
    diagnostic.where.file = file;
    if (diagnostic.code == "checkpoint-other-plan") {
      diagnostic.found = outline_difference(head->plan, outline_of(run.plan()));
      if (diagnostic.found.empty()) diagnostic.found = "sizes or initial values are others";
      diagnostic.suggestion = "the graphs that it was made with, or a new run";
    } else if (diagnostic.suggestion.empty()) {
      diagnostic.suggestion = checkpoint_kind.advice;
    }
    diagnostics.add(std::move(diagnostic));
  }
  return restored;
}

}  // namespace skein
