// What all schedules share: their ports, what holds outside of the interval, and what is refused before the run.
#pragma once

#include <cstdint>

#include "skein/operator.hpp"

namespace skein {

struct SchedulePorts {
  Out<double> value;
  In<double> start, end, minimum;
  In<std::int64_t> index, start_index, end_index;
};

/// Numbers that a schedule is meant to start and end with.
enum class ScheduledNumbers : std::uint8_t { any, positive };

constexpr auto schedule_ports(ScheduledNumbers numbers = ScheduledNumbers::any) {
  auto start = in("start", &SchedulePorts::start, "real", "value up to the index `start_index`");
  auto end = in("end", &SchedulePorts::end, "real", "value from the index `end_index` on");
  if (numbers == ScheduledNumbers::positive) {
    start = start.positive();
    end = end.positive();
  }
  return std::tuple{
      out("value", &SchedulePorts::value, "real", "the scheduled value"),
      start,
      end,
      in("index", &SchedulePorts::index, "integer", "how far the run is, such as iterations so far"),
      in("start_index", &SchedulePorts::start_index, "integer", "index up to which `start` holds").initial("0"),
      in("end_index", &SchedulePorts::end_index, "integer", "index from which on `end` holds, >= start_index")
          .initial("=iteration_limit"),
      in("minimum", &SchedulePorts::minimum, "real", "smallest value that makes sense: constants below are refused")
          .initial("=-inf")};
}

/// value <- end for index >= end_index, else start for index <= start_index, else between(start, end, u), where
/// u = (index - start_index) / (end_index - start_index), in double precision.
template <class Between>
void set_scheduled(const SchedulePorts& io, Between between) noexcept {
  const std::int64_t index = io.index.value();
  const double start = io.start.value();
  const double end = io.end.value();
  if (index >= io.end_index.value()) {
    io.value.value() = end;
  } else if (index <= io.start_index.value()) {
    io.value.value() = start;
  } else {
    const auto first = static_cast<double>(io.start_index.value());
    const double passed = static_cast<double>(index) - first;
    const double length = static_cast<double>(io.end_index.value()) - first;
    io.value.value() = between(start, end, passed / length);
  }
}

/// Reports an end before the start, and values that are not finite, not positive where they must be, or below the
/// minimum. True without. Warns of a start that stands for "no limit".
bool check_schedule(const PrepareInput& input, Diagnostics& diagnostics,
                    ScheduledNumbers numbers = ScheduledNumbers::any);

}  // namespace skein
