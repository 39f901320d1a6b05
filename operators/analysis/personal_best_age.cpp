#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"

namespace skein {
namespace {

/// A row of history: mean and largest age of the personal bests, and how many of them are new (of age 0).
///
/// The age is the number of states, iterations as a rule, since the fitness of a personal best changed last; 0 at the
/// start. It is counted in every state, whatever the interval. NaN without particles. Cost: about 3 ns per particle.
struct PersonalBestAge {
  static constexpr std::string_view name = "personal_best_age";
  static constexpr std::string_view summary = "records for how long the personal bests have not improved";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};

  struct Ports {
    InFitness personal_best_fitness;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOutFitness known;
    InOut<std::int64_t> age;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports = std::tuple{
      in("personal_best_fitness", &Ports::personal_best_fitness, "fitness[n]", "fitness of the personal bests"),
      iterations_port(&Ports::iterations),
      stop_port(&Ports::stop),
      hidden("known", &Ports::known, "fitness[n]", "fitness of the personal bests in the state before"),
      hidden("age", &Ports::age, "integer[n]", "states since they changed").initial("-1"),
      history_port(&Ports::history)};

  using Parameters = AnalyzerParameters;
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  struct Partial {
    double sum = 0;
    std::int64_t largest = 0;
    std::int64_t fresh = 0;
    std::int64_t rows = 0;
  };

  static bool is_same(FitnessRow a, FitnessRow b) noexcept {
    for (std::size_t i = 0; i < a.width; ++i) {
      if (a.data[i] != b.data[i] && !(std::isnan(a.data[i]) && std::isnan(b.data[i]))) return false;
    }
    return true;
  }

  static void map(const Ports& io, const Parameters&, RowContext& context, Partial& partial) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const FitnessRow now = io.personal_best_fitness[row];
      std::int64_t& age = io.age.value(row);
      age = is_same(now, io.known[row]) ? age + 1 : 0;
      io.known.assign(row, now);
      partial.sum += static_cast<double>(age);
      partial.largest = std::max(partial.largest, age);
      partial.fresh += age == 0 ? 1 : 0;
      ++partial.rows;
    }
  }

  static void combine(Partial& into, const Partial& later) noexcept {
    into.sum += later.sum;
    into.largest = std::max(into.largest, later.largest);
    into.fresh += later.fresh;
    into.rows += later.rows;
  }

  static void finish(const Ports& io, const Parameters& chosen, const Partial* total) noexcept {
    if (!is_due(io, chosen.interval)) return;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    record(io.history, {{"iteration"}, {"mean"}, {"largest"}, {"improved"}},
           {static_cast<double>(io.iterations.value()),
            total != nullptr ? total->sum / static_cast<double>(total->rows) : none,
            total != nullptr ? static_cast<double>(total->largest) : none,
            total != nullptr ? static_cast<double>(total->fresh) : 0});
  }
};

}  // namespace

const OperatorTable& personal_best_age_operator() { return operator_table<PersonalBestAge>(); }

}  // namespace skein
