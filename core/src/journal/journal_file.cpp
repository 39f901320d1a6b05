#include "journal/journal_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace skein {
namespace {

int write_at(int descriptor, const std::byte* data, std::size_t size, std::size_t place) {
  while (size > 0) {
    const ssize_t count = ::pwrite(descriptor, data, size, static_cast<off_t>(place));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return EIO;
    data += count;
    size -= static_cast<std::size_t>(count);
    place += static_cast<std::size_t>(count);
  }
  return 0;
}

/// Waits until the folder knows the file.
int synchronize_folder(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return error;
}

}  // namespace

JournalFile::~JournalFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

int JournalFile::open(const std::string& path) {
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) return errno;
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EINVAL;
  // Not every file system has locks.
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return EWOULDBLOCK;
  return 0;
}

int JournalFile::read(const std::function<void(std::span<const std::byte>)>& use) const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return errno;
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) {
    use({});
    return 0;
  }
  void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor_, 0);
  if (memory == MAP_FAILED) return errno;
  use({static_cast<const std::byte*>(memory), size});
  ::munmap(memory, size);
  return 0;
}

int JournalFile::begin(std::string_view head, const std::string& path) {
  if (::ftruncate(descriptor_, 0) != 0) return errno;
  const int error = write_at(descriptor_, reinterpret_cast<const std::byte*>(head.data()), head.size(), 0);
  size_ = head.size();
  is_synchronized_ = false;
  if (error != 0) return error;
  if (const int problem = synchronize(); problem != 0) return problem;
  return synchronize_folder(path);
}

int JournalFile::go_on_at(std::size_t size) {
  size_ = size;
  return ::ftruncate(descriptor_, static_cast<off_t>(size)) == 0 ? 0 : errno;
}

int JournalFile::append(std::span<const std::byte> bytes) {
  if (const int error = write_at(descriptor_, bytes.data(), bytes.size(), size_); error != 0) {
    // Should this fail too, what was written is written over, and readers look for the next record behind it.
    if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) return error;
    return error;
  }
  size_ += bytes.size();
  is_synchronized_ = false;
  constexpr std::chrono::milliseconds rarely{100};
  return Clock::now() - synchronized_at_ > rarely ? synchronize() : 0;
}

int JournalFile::synchronize() {
  if (is_synchronized_) return 0;
  if (::fdatasync(descriptor_) != 0) return errno;
  is_synchronized_ = true;
  synchronized_at_ = Clock::now();
  return 0;
}

}  // namespace skein
