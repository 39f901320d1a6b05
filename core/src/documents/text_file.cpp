#include "skein/text_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "documents/utf8.hpp"

namespace skein {
namespace {

/// Owns a file descriptor.
class File {
 public:
  File() = default;
  File(const std::string& path, int flags, mode_t mode = 0)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File() {
    if (is_open()) ::close(descriptor_);
  }

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int get() const { return descriptor_; }

  /// Some file systems report only here that data was lost.
  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_ = -1;
};

bool holds_nul(const std::string& path) { return path.find('\0') != std::string::npos; }

std::string system_message(int error_number) { return std::generic_category().message(error_number); }

Diagnostic file_error(std::string code, const std::string& path, std::string message, std::string found) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.where.file = path;
  diagnostic.message = std::move(message);
  diagnostic.found = std::move(found);
  return diagnostic;
}

Diagnostic unreadable(const std::string& path, int error_number) {
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  if (missing)
    return file_error("file-not-found", path, "there is no file " + in_quotes(path), system_message(error_number));
  return file_error("file-unreadable", path, "the file " + in_quotes(path) + " cannot be read",
                    error_number == EISDIR ? "a folder" : system_message(error_number));
}

Diagnostic unwritable(const std::string& path, std::string found) {
  return file_error("output-unwritable", path, "the file " + in_quotes(path) + " cannot be written", std::move(found));
}

/// Reads to the end, at most one byte more than a document may have. Returns an error number or 0.
int read_all(const File& file, std::string& text) {
  std::array<char, 65536> buffer{};
  while (text.size() <= largest_document) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count == 0) return 0;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return 0;
}

/// Returns an error number or 0.
int write_all(const File& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file.get(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

/// Where a text is to go: links followed, and what stands there now.
struct Target {
  std::string path;
  std::string folder;
  bool exists = false;
  bool is_regular = false;
  mode_t mode = 0;
};

/// The target, or in `problem` why nothing can be written there.
Target find_target(const std::string& path, std::string& problem) {
  Target target;
  if (path.empty() || holds_nul(path)) problem = path.empty() ? "an empty file name" : "a file name with a NUL byte";
  if (!problem.empty()) return target;
  std::error_code error;
  const std::filesystem::path resolved = std::filesystem::weakly_canonical(path, error);
  target.path = error ? path : resolved.string();
  target.folder = std::filesystem::path(target.path).parent_path().string();
  if (target.folder.empty()) target.folder = ".";
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    target.exists = true;
    target.is_regular = S_ISREG(status.st_mode);
    target.mode = status.st_mode & 07777U;
    if (S_ISDIR(status.st_mode)) {
      problem = "a folder of this name";
    } else if (::access(path.c_str(), W_OK) != 0) {
      problem = system_message(errno);
    }
  } else if (errno != ENOENT) {
    problem = system_message(errno);
  } else if (path.back() == '/') {
    problem = "the name of a folder";
  }
  return target;
}

/// A file of a new name, which is removed again unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& folder) {
    static std::atomic<unsigned> counter{0};
    do {
      path_ = folder + "/.skein-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".tmp";
      file_ = File(path_, O_WRONLY | O_CREAT | O_EXCL, 0666);
    } while (!file_.is_open() && errno == EEXIST);
    if (!file_.is_open()) error_ = errno;
    exists_ = file_.is_open();
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (exists_) ::unlink(path_.c_str());
  }

  [[nodiscard]] int error() const { return error_; }

  /// Returns an error number or 0.
  int fill_and_rename(std::string_view text, const Target& target) {
    if (const int error = write_all(file_, text); error != 0) return error;
    // Permissions of the old file are a courtesy: not every file system has them.
    if (target.exists && ::fchmod(file_.get(), target.mode) != 0) errno = 0;
    if (::fsync(file_.get()) != 0 && errno != EINVAL) return errno;
    if (!file_.close()) return errno;
    if (::rename(path_.c_str(), target.path.c_str()) != 0) return errno;
    exists_ = false;
    const File folder(target.folder, O_RDONLY | O_DIRECTORY);
    if (folder.is_open()) ::fsync(folder.get());
    return 0;
  }

 private:
  std::string path_;
  File file_;
  int error_ = 0;
  bool exists_ = false;
};

int write_directly(const std::string& path, std::string_view text) {
  // A pipe that nobody reads is an error (ENXIO), not a reason to wait for ever.
  File file(path, O_WRONLY | O_NONBLOCK);
  if (!file.is_open() || ::fcntl(file.get(), F_SETFL, 0) != 0) return errno;
  if (const int error = write_all(file, text); error != 0) return error;
  return file.close() ? 0 : errno;
}

std::string temporary_problem(const Target& target, int error_number) {
  if (error_number == ENOENT || error_number == ENOTDIR) return "no folder " + in_quotes(target.folder);
  return "the folder " + in_quotes(target.folder) + ": " + system_message(error_number);
}

}  // namespace

Diagnostic document_too_large(const std::string& file, std::size_t size) {
  Diagnostic diagnostic = file_error("document-too-large", file, "the document is too large", {});
  diagnostic.expected = "at most " + std::to_string(largest_document) + " bytes";
  if (size > 0) diagnostic.found = std::to_string(size) + " bytes";
  return diagnostic;
}

std::optional<std::string> read_text_file(const std::string& path, Diagnostics& diagnostics) {
  const auto fail = [&diagnostics](Diagnostic diagnostic) {
    diagnostics.add(std::move(diagnostic));
    return std::nullopt;
  };
  if (holds_nul(path)) return fail(unreadable(path, ENOENT));
  const File file(path, O_RDONLY);
  if (!file.is_open()) return fail(unreadable(path, errno));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return fail(unreadable(path, errno));
  if (S_ISDIR(status.st_mode)) return fail(unreadable(path, EISDIR));
  const auto size = static_cast<std::size_t>(status.st_size);
  if (S_ISREG(status.st_mode) && size > largest_document) return fail(document_too_large(path, size));
  std::string text;
  if (const int error = read_all(file, text); error != 0) return fail(unreadable(path, error));
  if (text.size() > largest_document) return fail(document_too_large(path, 0));
  return text;
}

bool write_file_atomically(const std::string& path, std::string_view text, Diagnostics& diagnostics) {
  std::string problem;
  const Target target = find_target(path, problem);
  if (problem.empty() && target.exists && !target.is_regular) {
    if (const int error = write_directly(path, text); error != 0) problem = system_message(error);
  } else if (problem.empty()) {
    TemporaryFile temporary(target.folder);
    if (temporary.error() != 0) {
      problem = temporary_problem(target, temporary.error());
    } else if (const int error = temporary.fill_and_rename(text, target); error != 0) {
      problem = system_message(error);
    }
  }
  if (!problem.empty()) diagnostics.add(unwritable(path, problem));
  return problem.empty();
}

bool check_writable(const std::string& path, Diagnostics& diagnostics) {
  std::string problem;
  const Target target = find_target(path, problem);
  if (problem.empty() && (!target.exists || target.is_regular)) {
    const TemporaryFile temporary(target.folder);
    if (temporary.error() != 0) problem = temporary_problem(target, temporary.error());
  }
  if (!problem.empty()) diagnostics.add(unwritable(path, problem));
  return problem.empty();
}

}  // namespace skein
