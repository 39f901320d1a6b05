// What all analyzers share: when they look, and where they write it down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "skein/history.hpp"
#include "skein/operator.hpp"

namespace skein {

struct AnalyzerParameters {
  std::int64_t interval = 1;
};

template <class Parameters>
constexpr auto interval_parameter(std::int64_t Parameters::*member) {
  return parameter("interval", member, "1", "looks at every state whose iterations are a multiple of it").minimum(1);
}

template <class Ports>
constexpr auto iterations_port(In<std::int64_t> Ports::*member) {
  return in("iterations", member, "integer", "iterations so far");
}

template <class Ports>
constexpr auto stop_port(In<std::uint8_t> Ports::*member) {
  return in("stop", member, "boolean", "whether this is the final state, which is looked at in any case").optional();
}

template <class Ports>
constexpr auto history_port(InOutObject<BoundedHistory> Ports::*member) {
  return hidden("history", member, "history", "what was seen");
}

/// Whether an analyzer looks at this state: the initial one, every interval-th one and the final one.
template <class Ports>
bool is_due(const Ports& io, std::int64_t interval) noexcept {
  return io.iterations.value() % interval == 0 || (io.stop && io.stop.value() != 0);
}

/// Appends a row of a fixed number of columns, for which a new history has memory.
template <std::size_t count>
void record(const InOutObject<BoundedHistory>& history, const HistoryColumn (&columns)[count],
            const double (&row)[count]) noexcept {
  static_assert(count * BoundedHistory::default_rows <= BoundedHistory::reserved_numbers);
  if (!history->started()) history->start(columns);
  history->append(row);
}

}  // namespace skein
