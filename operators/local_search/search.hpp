// Search: one local search by NLopt, from one solution.
#pragma once

#include <cstdint>
#include <exception>
#include <span>
#include <vector>

#include "skein/callable.hpp"

struct nlopt_opt_s;

namespace skein::local_search {

/// In the order of the choices of the operator's parameter.
enum class Method : std::uint8_t { nelder_mead, sbplx, cobyla, bobyqa, lbfgs };

struct SearchSettings {
  Method method = Method::nelder_mead;
  std::uint64_t budget = 0;   ///< most evaluations
  double tolerance = 0;       ///< relative to positions and to the width of the bounds
  double initial_step = 0.1;  ///< fraction of the width of the bounds
  double penalty = 0;         ///< of each unit of violation, except for cobyla
};

/// Searches around `start`, whose fitness is known, within the bounds, which may stand in either order. Every
/// evaluation is made by `evaluate` for `row`; what it throws comes out of `run`.
class Search {
 public:
  Search(const InEvaluator& evaluate, std::size_t row, const SearchSettings& settings, std::span<const double> lower,
         std::span<const double> upper);

  /// Ends at the tolerance, the budget or the run's target.
  void run(std::span<const double> start, FitnessRow start_fitness);

  /// The best of all solutions that were evaluated, and of `start`.
  [[nodiscard]] std::span<const double> best() const noexcept { return best_; }
  [[nodiscard]] FitnessRow best_fitness() const noexcept { return {best_fitness_.data(), best_fitness_.size()}; }

 private:
  /// What NLopt is told of a solution.
  struct Value {
    double objective = 0;
    double violation = 0;
  };

  static double objective_of(unsigned count, const double* x, double* gradient, void* search) noexcept;
  static double violation_of(unsigned count, const double* x, double* gradient, void* search) noexcept;

  template <class Ask>
  double guarded(Ask ask) noexcept;
  Value value_at(std::span<const double> x);
  double penalized_at(std::span<const double> x);
  void slopes_at(std::span<const double> x, double* gradient);
  [[nodiscard]] bool is_at_target() const noexcept;
  void set_up();
  void optimize();
  void stop() noexcept;

  const InEvaluator* evaluate_;
  std::size_t row_;
  SearchSettings settings_;
  std::vector<double> lower_;
  std::vector<double> upper_;
  std::vector<double> best_;
  std::vector<double> best_fitness_;
  std::vector<double> last_;  ///< the solution that was looked at last
  Value last_value_;
  std::vector<double> probe_;  ///< beside it, for slopes
  double difference_ = 0;      ///< step of the slopes, relative
  std::uint64_t used_ = 0;
  bool stopped_ = false;
  nlopt_opt_s* optimizer_ = nullptr;
  std::exception_ptr error_;
};

}  // namespace skein::local_search
