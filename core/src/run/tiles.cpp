#include "run/tiles.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>

namespace skein {
namespace {

constexpr double least_task_nanoseconds = 50'000.0;

/// Work and time of some tiles.
struct Sample {
  std::atomic<std::uint64_t> nanoseconds = 0;
  std::atomic<std::uint64_t> rows = 0;

  void time(TileBody body, std::size_t first, std::size_t last) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point start = Clock::now();
    const std::size_t worked = body(first, last);
    const auto elapsed = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
    nanoseconds.fetch_add(static_cast<std::uint64_t>(elapsed.count()), std::memory_order_relaxed);
    rows.fetch_add(worked, std::memory_order_relaxed);
  }
};

/// The first visits and then every eighth one are timed; a clock costs as much as a small step.
bool is_sampled(const StepCost& cost) { return cost.visits < 4 || cost.visits % 8 == 0; }

void learn(StepCost& cost, const Sample& sample) {
  const std::uint64_t rows = sample.rows.load(std::memory_order_relaxed);
  if (rows == 0) return;
  const double measured = std::max(static_cast<double>(sample.nanoseconds.load(std::memory_order_relaxed)), 1.0) /
                          static_cast<double>(rows);
  const double known = cost.nanoseconds_per_row;
  cost.nanoseconds_per_row = known == 0.0 ? measured : known + (measured - known) / 4;
}

void run_tiles(const Arena& arena, const TileRequest& request, std::size_t first, std::size_t tile_rows,
               FunctionReference<void(std::size_t, std::size_t)> work) {
  const std::size_t count = (request.rows - first + tile_rows - 1) / tile_rows;
  const auto tile = [&](std::size_t i) {
    const std::size_t begin = first + i * tile_rows;
    work(begin, std::min(begin + tile_rows, request.rows));
  };
  if (!request.serial) return arena.for_each(count, tile);
  for (std::size_t i = 0; i < count; ++i) tile(i);
}

/// Rows of a task that is worth its overhead, in whole units.
std::size_t rows_of_task(const StepCost& cost, const TileRequest& request) {
  const double rows = std::ceil(least_task_nanoseconds / cost.nanoseconds_per_row);
  if (rows >= static_cast<double>(request.rows)) return rounded_up(request.rows, request.unit);
  return rounded_up(std::max<std::size_t>(static_cast<std::size_t>(rows), 1), request.unit);
}

void run_by_cost(const Arena& arena, StepCost& cost, const TileRequest& request, TileBody body) {
  std::size_t first = 0;
  if (cost.nanoseconds_per_row == 0.0) {
    Sample sample;
    first = std::min(request.unit, request.rows);
    sample.time(body, 0, first);
    learn(cost, sample);
    if (first == request.rows) return;
  }
  Sample sample;
  const bool is_known = cost.nanoseconds_per_row != 0.0;
  const std::size_t task_rows = is_known ? rows_of_task(cost, request) : request.rows;
  if (request.rows - first > task_rows) {
    cost.ran_parallel = true;
    run_tiles(arena, request, first, task_rows,
              [&](std::size_t begin, std::size_t end) { sample.time(body, begin, end); });
  } else if (is_sampled(cost)) {
    sample.time(body, first, request.rows);
  } else {
    body(first, request.rows);
  }
  learn(cost, sample);
}

}  // namespace

void for_each_tile(const Arena& arena, StepCost& cost, const TileRequest& request, TileBody body) {
  if (request.rows == 0) return;
  if (request.fixed_rows > 0) {
    const std::size_t tile_rows = rounded_up(std::min(request.fixed_rows, request.rows), request.unit);
    cost.ran_parallel = !request.serial && arena.threads() > 1 && tile_rows < request.rows;
    run_tiles(arena, request, 0, tile_rows, [&](std::size_t begin, std::size_t end) { body(begin, end); });
  } else if (request.serial || arena.threads() == 1) {
    body(0, request.rows);
  } else {
    run_by_cost(arena, cost, request, body);
  }
  ++cost.visits;
}

}  // namespace skein
