#include <cstdint>

#include "skein/operator.hpp"
#include "tests/heuristiclab/register.hpp"

namespace skein::heuristiclab {
namespace {

/// redraw <- whether the iteration before this one improved nothing: HeuristicLab changes the topology before the swarm
/// learns what the iteration has found, so it judges one iteration later than `adaptive_random`.
struct LaggingAdaptiveRandom {
  static constexpr std::string_view name = "heuristiclab_adaptive_random";
  static constexpr std::string_view summary = "draws the topology anew an iteration after one without improvement";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_updater"};
  static constexpr auto needs = std::array<std::string_view, 1>{"topology_initializer"};

  struct Ports {
    InFitness best_fitness;
    Out<std::uint8_t> redraw;
    InOutFitness previous;
    InOut<std::uint8_t> improved;
    InOut<std::int64_t> calls;
  };
  static constexpr auto ports = std::tuple{
      in("best_fitness", &Ports::best_fitness, "fitness", "fitness of the best position that any particle has visited"),
      out("redraw", &Ports::redraw, "boolean", "whether to draw"),
      hidden("previous", &Ports::previous, "fitness", "the best fitness when this was asked last"),
      hidden("improved", &Ports::improved, "boolean", "whether it was better than the time before").initial("false"),
      hidden("calls", &Ports::calls, "integer", "how often this was asked").initial("0")};

  static void run(const Ports& io, StepContext&) noexcept {
    const FitnessRow best = io.best_fitness[0];
    // Asked first before the first iteration, so there are two states to compare from the third time on.
    io.redraw.value() = io.calls.value() >= 2 && io.improved.value() == 0 ? 1 : 0;
    io.improved.value() = better(best, io.previous[0]) ? 1 : 0;
    io.previous.assign(0, best);
    ++io.calls.value();
  }
};

}  // namespace

const OperatorTable& lagging_adaptive_random_operator() { return operator_table<LaggingAdaptiveRandom>(); }

}  // namespace skein::heuristiclab
