// Records of a journal: one finished evaluation each, as bytes.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace skein {

/// What an evaluation is known by: where in a run it belongs, frame (hash of its path), evaluator (hash of its node
/// path), visit and row; and a hash of what the evaluator was given.
struct EvaluationKey {
  std::uint64_t frame = 0;
  std::uint64_t step = 0;
  std::uint64_t visit = 0;
  std::uint64_t row = 0;
  std::uint64_t input = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): what the compiler writes compares with 0
  friend auto operator<=>(const EvaluationKey&, const EvaluationKey&) = default;
};

struct EvaluationRecord {
  EvaluationKey key;
  bool failed = false;  ///< got the worst fitness
  std::span<const std::byte> output;
};

/// Appends the bytes of a record.
void write_record(const EvaluationRecord& record, std::vector<std::byte>& bytes);

/// The sound record that `bytes` begin with, if any.
[[nodiscard]] std::optional<EvaluationRecord> read_record(std::span<const std::byte> bytes);

/// Bytes of a record with outputs of this size.
[[nodiscard]] std::size_t record_size(std::size_t output_bytes) noexcept;

/// Where the next record may begin, at `from` or behind it; the end of the bytes when there is none.
[[nodiscard]] std::size_t next_record(std::span<const std::byte> bytes, std::size_t from) noexcept;

}  // namespace skein
