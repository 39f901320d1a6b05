#include <cmath>
#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"

namespace skein {
namespace {

/// A row of history: best, average and worst objective of the particles as they are, and the best one of the run.
///
/// Only finite objectives count; of the others, `undefined` says how many there are. best and worst are the first and
/// the last in the order of fitness (a smaller violation first); average is the sum, taken row group by row group,
/// divided by the count. Without a finite objective the three are NaN. Cost: about 3 ns per particle.
struct BestAverageWorstQuality {
  static constexpr std::string_view name = "best_average_worst_quality";
  static constexpr std::string_view summary = "records best, average and worst quality of the particles";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};

  struct Ports {
    InFitness fitness, best_fitness;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("fitness", &Ports::fitness, "fitness[n]", "of the particles as they are"),
                 in("best_fitness", &Ports::best_fitness, "fitness", "best of the run so far"),
                 iterations_port(&Ports::iterations), stop_port(&Ports::stop), history_port(&Ports::history)};

  using Parameters = AnalyzerParameters;
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  struct Partial {
    FitnessRow best, worst;
    double sum = 0;
    double count = 0;
    double undefined = 0;

    void consider(FitnessRow first, FitnessRow last) noexcept {
      if (best.data == nullptr || better(first, best)) best = first;
      if (worst.data == nullptr || better(worst, last)) worst = last;
    }
  };

  static void map(const Ports& io, const Parameters& chosen, RowContext& context, Partial& partial) noexcept {
    if (!is_due(io, chosen.interval)) return;
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const FitnessRow fitness = io.fitness[row];
      if (!std::isfinite(fitness.objective())) {
        ++partial.undefined;
        continue;
      }
      partial.sum += fitness.objective();
      ++partial.count;
      partial.consider(fitness, fitness);
    }
  }

  static void combine(Partial& into, const Partial& later) noexcept {
    into.sum += later.sum;
    into.count += later.count;
    into.undefined += later.undefined;
    if (later.count != 0) into.consider(later.best, later.worst);
  }

  static void finish(const Ports& io, const Parameters& chosen, const Partial* total) noexcept {
    if (!is_due(io, chosen.interval)) return;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const bool any = total != nullptr && total->count != 0;
    const double best_so_far = io.best_fitness[0].objective();
    record(io.history,
           {{"iteration"}, {"best", true}, {"average", true}, {"worst", true}, {"best_so_far", true}, {"undefined"}},
           {static_cast<double>(io.iterations.value()), any ? total->best.objective() : none,
            any ? total->sum / total->count : none, any ? total->worst.objective() : none,
            std::isfinite(best_so_far) ? best_so_far : none, total != nullptr ? total->undefined : 0});
  }
};

}  // namespace

const OperatorTable& best_average_worst_quality_operator() { return operator_table<BestAverageWorstQuality>(); }

}  // namespace skein
