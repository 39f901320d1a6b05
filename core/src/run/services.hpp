// What stands behind the contexts that operators are called with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "run/run_clock.hpp"
#include "skein/context.hpp"
#include "state/row_requests.hpp"
#include "state/step_state.hpp"

namespace skein {

/// The key of one row alone. The upper bit keeps it apart from all keys of row groups.
[[nodiscard]] constexpr RandomKey row_key(RandomKey stream, std::size_t row) noexcept {
  stream.group = (std::uint64_t{1} << 63) | row;
  return stream;
}

/// The key of a row group.
[[nodiscard]] constexpr RandomKey group_key(RandomKey stream, std::size_t group) noexcept {
  stream.group = group;
  return stream;
}

/// Is told of every row whose outputs are written, by the thread that wrote them and while the operator is still
/// called.
class RowListener {
 public:
  RowListener() = default;
  RowListener(const RowListener&) = delete;
  RowListener& operator=(const RowListener&) = delete;
  virtual ~RowListener() = default;
  virtual void written(std::size_t row) noexcept = 0;
};

struct RowContext::Services {
  std::span<const RandomKey> keys;  ///< one per stream
  std::size_t group = 0;
  std::optional<LaneGenerator>* generators = nullptr;  ///< empty at the start of a call
  void* resource = nullptr;
  RowStatus* status = nullptr;     ///< of the population's rows; null for operators that cannot fail
  std::size_t finished_until = 0;  ///< rows of this call below it were finished or deferred
  RowListener* listener = nullptr;
};

struct Engine;
struct Frame;

struct StepContext::Services {
  std::span<const RandomKey> keys;
  std::optional<LaneGenerator>* generators = nullptr;
  void* resource = nullptr;
  const RunClock* clock = nullptr;
  std::uint64_t evaluations = 0;
  StopReason* stop_reason = nullptr;
  RowRequests* requests = nullptr;
  Engine* engine = nullptr;
  Frame* frame = nullptr;
};

}  // namespace skein
