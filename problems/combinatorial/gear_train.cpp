#include "problems/combinatorial/all.hpp"
#include "problems/combinatorial/instance_evaluator.hpp"

namespace skein {
namespace {

/// f(x) = (1 / 6.931 - (x1 x2) / (x3 x4))^2: how far the ratio of a gear train with these numbers of teeth is from the
/// wanted one. Cost: about 10 ns per row.
struct CompareGearRatio {
  static constexpr std::string_view name = "compare_gear_ratio";
  static constexpr std::string_view summary = "computes how far every gear train is from the wanted ratio";
  static constexpr auto roles = std::array<std::string_view, 1>{"evaluator"};

  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{
      in("position", &Ports::position, "whole[n,d]", "numbers of teeth").range(12, 60),
      out("fitness", &Ports::fitness, "fitness[n]", "violation 0, and the squared difference of the ratios")};
  struct Parameters {};
  static constexpr std::tuple<> parameters{};

  static void run(const Ports& io, const Parameters&, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const double* teeth = io.position.row(row);
      const double difference = 1.0 / 6.931 - (teeth[0] * teeth[1]) / (teeth[2] * teeth[3]);
      store_fitness(io.fitness, row, 0.0, difference * difference);
    }
  }
};

/// At (16, 19, 43, 49), by enumeration: the last digits are those of the formula above.
constexpr double smallest_difference = 1.0 / 6.931 - (16.0 * 19.0) / (43.0 * 49.0);

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value>, Diagnostics&) {
  auto problem = std::make_shared<Problem>();
  problem->name = spec.name;
  problem->encoding = spec.encoding;
  problem->dimension = 4;
  problem->published = {{"lower", "whole[d]", {12, 12, 12, 12}}, {"upper", "whole[d]", {60, 60, 60, 60}}};
  problem->best_known = smallest_difference * smallest_difference;
  problem->best_known_solution = {16, 19, 43, 49};
  problem->evaluator = instance_evaluator<CompareGearRatio>({});
  return problem;
}

}  // namespace

ProblemSpec gear_train_problem() {
  ProblemSpec spec;
  spec.name = "gear_train";
  spec.summary = "numbers of teeth, from 12 to 60, for a gear train with a ratio of 1 / 6.931";
  spec.source = "Sandgren, Nonlinear integer and discrete programming in mechanical design optimization (1990)";
  spec.encoding = "integer_vector";
  spec.create = &create;
  return spec;
}

}  // namespace skein
