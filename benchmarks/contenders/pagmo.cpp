#include "benchmarks/contenders/pagmo.hpp"

#include <stdexcept>
#include <string>
#include <utility>

#include "benchmarks/measure/stopwatch.hpp"

// Said by CMakeLists.txt where pagmo2 was found.
#ifdef SKEIN_BENCH_PAGMO
#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/pso.hpp>
#include <pagmo/algorithms/pso_gen.hpp>
#include <pagmo/config.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/problems/ackley.hpp>
#include <pagmo/problems/griewank.hpp>
#include <pagmo/problems/rastrigin.hpp>
#include <pagmo/problems/rosenbrock.hpp>

namespace skein::bench {
namespace {

std::pair<pagmo::vector_double, pagmo::vector_double> box(double bound, std::size_t dimension) {
  return {pagmo::vector_double(dimension, -bound), pagmo::vector_double(dimension, bound)};
}

/// Sphere is none of pagmo's problems.
struct NaturalSphere {
  std::size_t dimension = 1;

  pagmo::vector_double fitness(const pagmo::vector_double& x) const {
    double sum = 0;
    for (const double coordinate : x) sum += coordinate * coordinate;
    return {sum};
  }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    return box(facts_of(Objective::sphere).bound, dimension);
  }
};

struct PlainProblem {
  Objective objective = Objective::sphere;
  std::size_t dimension = 1;

  pagmo::vector_double fitness(const pagmo::vector_double& x) const {
    return {facts_of(objective).plain(x.data(), x.size())};
  }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    return box(facts_of(objective).bound, dimension);
  }
};

pagmo::problem problem_of(Statement statement, Objective objective, std::size_t dimension) {
  if (statement == Statement::plain) return pagmo::problem(PlainProblem{objective, dimension});
  const auto count = static_cast<unsigned>(dimension);
  switch (objective) {
    case Objective::sphere:
      return pagmo::problem(NaturalSphere{dimension});
    case Objective::rastrigin:
      return pagmo::problem(pagmo::rastrigin(count));
    case Objective::rosenbrock:
      return pagmo::problem(pagmo::rosenbrock(count));
    case Objective::griewank:
      return pagmo::problem(pagmo::griewank(count));
    case Objective::ackley:
      return pagmo::problem(pagmo::ackley(count));
  }
  throw std::logic_error("unknown objective");
}

struct ShiftedProblem {
  ShiftedObjective shifted;

  pagmo::vector_double fitness(const pagmo::vector_double& x) const {
    pagmo::vector_double moved = x;
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] -= shifted.shift[i];
    return {facts_of(shifted.objective).plain(moved.data(), moved.size())};
  }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    return {pagmo::vector_double(shifted.shift.size(), shifted.lower),
            pagmo::vector_double(shifted.shift.size(), shifted.upper)};
  }
};

pagmo::algorithm algorithm_of(PagmoAlgorithm algorithm, std::size_t generations) {
  constexpr double fastest = 0.5;
  constexpr unsigned inertia_weight = 1, whole_swarm = 1, unused = 4, fully_informed = 6, von_neumann = 3;
  constexpr unsigned seed = 1;
  const auto count = static_cast<unsigned>(generations);
  switch (algorithm) {
    case PagmoAlgorithm::pso:
      return pagmo::algorithm(pagmo::pso(count));
    case PagmoAlgorithm::pso_whole:
      return pagmo::algorithm(
          pagmo::pso(count, 0.7298, 1.49618, 1.49618, fastest, inertia_weight, whole_swarm, unused, false, seed));
    case PagmoAlgorithm::pso_gen:
      return pagmo::algorithm(pagmo::pso_gen(count));
    case PagmoAlgorithm::pso_informed:
      return pagmo::algorithm(
          pagmo::pso(count, 0.7298, 2.05, 2.05, fastest, fully_informed, von_neumann, unused, false, seed));
  }
  throw std::logic_error("unknown algorithm");
}

double evolve_seconds(const pagmo::algorithm& algorithm, const pagmo::population& population) {
  const Stopwatch stopwatch(Clock::processor);
  const pagmo::population evolved = algorithm.evolve(population);
  return stopwatch.seconds();
}

}  // namespace

const char* pagmo_version() {
  static const std::string version = std::to_string(PAGMO_VERSION_MAJOR) + "." + std::to_string(PAGMO_VERSION_MINOR);
  return version.c_str();
}

Contender pagmo_contender(PagmoAlgorithm algorithm, Statement statement, Objective objective, const Size& size) {
  const auto once = algorithm_of(algorithm, 1);
  const auto whole = algorithm_of(algorithm, size.iterations + 1);
  const auto problem = problem_of(statement, objective, size.dimension);
  return [=] {
    const pagmo::population population(problem, size.particles, 1);
    const double start = evolve_seconds(once, population);
    return (evolve_seconds(whole, population) - start) * 1e9 / size.components();
  };
}

std::vector<double> pagmo_values(PagmoAlgorithm algorithm, const ShiftedObjective& objective, std::size_t particles,
                                 std::size_t generations, std::size_t seeds) {
  std::vector<double> values;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const pagmo::population population(pagmo::problem(ShiftedProblem{objective}), particles, seed);
    auto swarm = algorithm_of(algorithm, generations);
    swarm.set_seed(seed);
    values.push_back(swarm.evolve(population).champion_f().front());
  }
  return values;
}

}  // namespace skein::bench

#else

namespace skein::bench {

const char* pagmo_version() { return ""; }

Contender pagmo_contender(PagmoAlgorithm, Statement, Objective, const Size&) {
  throw std::logic_error("pagmo2 is not installed");
}

std::vector<double> pagmo_values(PagmoAlgorithm, const ShiftedObjective&, std::size_t, std::size_t, std::size_t) {
  throw std::logic_error("pagmo2 is not installed");
}

}  // namespace skein::bench

#endif
