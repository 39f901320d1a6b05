// WorkerPool: the workers of one run, and how rows are spread over them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/external_program/worker.hpp"
#include "skein/encodings/real_vector_problem.hpp"

namespace skein::external_program {

struct PoolSettings {
  std::vector<std::string> command;
  std::size_t workers = 1;
  std::chrono::duration<double> timeout{60.0};
  std::size_t retries = 0;
};

/// Starts workers when there is work for them and keeps them until the run ends. A worker that fails in any way is
/// ended; its question is asked again, of a new one, as often as the settings say.
class WorkerPool {
 public:
  explicit WorkerPool(const PoolSettings& settings);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  /// Tells all workers that nothing more comes, and ends those that are still there 0.5 s later.
  ~WorkerPool();

  /// Takes what an evaluation came to.
  using Store = std::function<void(std::size_t index, const ConstrainedValue& value)>;

  /// The failure that ends an evaluation of several positions: all with a lower index were stored.
  struct Failure {
    std::size_t index = 0;
    std::string message;
  };

  /// Evaluates positions 0 ... count - 1. `position` gives one of them.
  [[nodiscard]] std::optional<Failure> evaluate(std::size_t count,
                                                const std::function<std::span<const double>(std::size_t)>& position,
                                                const Store& store);

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t no_index = std::numeric_limits<std::size_t>::max();

  struct Place {
    Worker worker;
    std::size_t index = no_index;  ///< of the position that it evaluates
    std::uint64_t id = 0;
    Clock::time_point deadline;
  };

  struct Work;

  void hand_out(Work& work);
  void ask(Place& place, Work& work, std::size_t index);
  void wait(Work& work);
  void look_at(Place& place, Work& work);
  void answered(Place& place, Work& work);
  void failed(Place& place, Work& work, const std::string& why);

  const PoolSettings& settings_;
  std::vector<std::unique_ptr<Place>> places_;
  std::uint64_t next_id_ = 1;
};

}  // namespace skein::external_program
