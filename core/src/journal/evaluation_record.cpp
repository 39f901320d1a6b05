#include "journal/evaluation_record.hpp"

#include <array>
#include <cstring>

#include "run/checksum.hpp"

namespace skein {
namespace {

constexpr std::uint64_t magic = 0x6c6176656e69656b;  // "keinnval" in the order of the machine

/// What stands before the outputs. Numbers are in the order of the machine, as in checkpoints.
struct Front {
  std::uint64_t magic = 0;
  EvaluationKey key;
  std::uint32_t output_bytes = 0;
  std::uint32_t failed = 0;
};
static_assert(sizeof(Front) == 56);

std::uint64_t checksum_of(std::span<const std::byte> bytes) noexcept {
  Checksum checksum;
  checksum.add(bytes.data(), bytes.size());
  return checksum.value();
}

void append(std::vector<std::byte>& bytes, const void* data, std::size_t size) {
  const auto* begin = static_cast<const std::byte*>(data);
  bytes.insert(bytes.end(), begin, begin + size);
}

}  // namespace

std::size_t record_size(std::size_t output_bytes) noexcept {
  return sizeof(Front) + output_bytes + sizeof(std::uint64_t);
}

void write_record(const EvaluationRecord& record, std::vector<std::byte>& bytes) {
  const std::size_t begin = bytes.size();
  const Front front{magic, record.key, static_cast<std::uint32_t>(record.output.size()), record.failed ? 1U : 0U};
  append(bytes, &front, sizeof front);
  append(bytes, record.output.data(), record.output.size());
  const std::uint64_t checksum = checksum_of(std::span(bytes).subspan(begin));
  append(bytes, &checksum, sizeof checksum);
}

std::optional<EvaluationRecord> read_record(std::span<const std::byte> bytes) {
  Front front;
  if (bytes.size() < record_size(0)) return std::nullopt;
  std::memcpy(&front, bytes.data(), sizeof front);
  if (front.magic != magic || bytes.size() - record_size(0) < front.output_bytes) return std::nullopt;
  const std::size_t end = sizeof front + front.output_bytes;
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + end, sizeof checksum);
  if (checksum != checksum_of(bytes.first(end))) return std::nullopt;
  return EvaluationRecord{front.key, front.failed != 0, bytes.subspan(sizeof front, front.output_bytes)};
}

std::size_t next_record(std::span<const std::byte> bytes, std::size_t from) noexcept {
  for (std::size_t place = from; place + sizeof magic <= bytes.size(); ++place) {
    if (std::memcmp(bytes.data() + place, &magic, sizeof magic) == 0) return place;
  }
  return bytes.size();
}

}  // namespace skein
