#include <doctest/doctest.h>

#include <cmath>

#include "core/src/contract/numbers.hpp"
#include "skein/problems/atom_clusters.hpp"
#include "tests/problems/documents.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

std::shared_ptr<const Problem> cluster(const Session& session, int atoms) {
  return problem_of(session, R"({"name": "lennard_jones", "parameters": {"atoms": )" + std::to_string(atoms) + "}}");
}

/// The energy of atoms at these places, as it is published.
double energy(const Point& x) {
  long double sum = 0;
  for (std::size_t i = 0; i < x.size(); i += 3) {
    for (std::size_t j = 0; j < i; j += 3) {
      long double square = 0;
      for (std::size_t k = 0; k < 3; ++k)
        square += (static_cast<long double>(x[i + k]) - x[j + k]) * (x[i + k] - x[j + k]);
      const long double r = std::sqrt(square);
      sum += 4 * (std::pow(r, -12.0L) - std::pow(r, -6.0L));
    }
  }
  return static_cast<double>(sum);
}

/// An icosahedron with its centre, whose corners are at this distance from it.
Point icosahedron(double radius) {
  const double golden = 0.5 * (1 + std::sqrt(5.0));
  const double unit = radius / std::sqrt(1 + golden * golden);
  Point x = {0, 0, 0};
  for (int axis = 0; axis < 3; ++axis) {
    for (const double first : {-1.0, 1.0}) {
      for (const double second : {-golden, golden}) {
        Point corner(3);
        corner[static_cast<std::size_t>(axis)] = 0;
        corner[static_cast<std::size_t>((axis + 1) % 3)] = first * unit;
        corner[static_cast<std::size_t>((axis + 2) % 3)] = second * unit;
        x.insert(x.end(), corner.begin(), corner.end());
      }
    }
  }
  return x;
}

}  // namespace

TEST_CASE("the minima of small clusters are those that geometry gives") {
  const Session session = problem_session();
  const double r = std::pow(2.0, 1.0 / 6);
  const Point triangle = {0, 0, 0, r, 0, 0, r / 2, r * std::sqrt(3.0) / 2, 0};
  CHECK(values(*cluster(session, 3), triangle)[0] == doctest::Approx(-3).epsilon(1e-14));
  CHECK(cluster(session, 3)->best_known == -3);
  const double s = r / std::sqrt(8.0);
  CHECK(values(*cluster(session, 4), {s, s, s, s, -s, -s, -s, s, -s, -s, -s, s})[0] ==
        doctest::Approx(-6).epsilon(1e-14));
  CHECK(cluster(session, 4)->best_known == -6);

  const auto thirteen = cluster(session, 13);
  CHECK(thirteen->dimension == 39);
  double best = 0;
  for (double radius = 1.0; radius < 1.2; radius += 1e-4) {
    best = std::min(best, values(*thirteen, icosahedron(radius))[0]);
  }
  CHECK(best == doctest::Approx(*thirteen->best_known).epsilon(1e-7));
}

TEST_CASE("every cluster has its published minimum") {
  const Session session = problem_session();
  const std::vector<double> published = {-3.000000,  -6.000000,  -9.103852,  -12.712062, -16.505384, -19.821489,
                                         -24.113360, -28.422532, -32.765970, -37.967600, -44.326801};
  for (int atoms = 3; atoms <= 13; ++atoms) {
    CHECK(cluster(session, atoms)->best_known == published[static_cast<std::size_t>(atoms - 3)]);
  }
}

TEST_CASE("energies are the published formula, at any point") {
  const Session session = problem_session();
  for (const int atoms : {3, 5, 13}) {
    const auto problem = cluster(session, atoms);
    const std::size_t d = problem->dimension;
    const std::vector<double> points = some_numbers(30 * d, -2, 2, 1);
    const std::vector<double> found = values(*problem, points);
    for (std::size_t row = 0; row < 30; ++row) {
      const auto first = points.begin() + static_cast<std::ptrdiff_t>(row * d);
      CHECK(found[row] == doctest::Approx(energy(Point(first, first + static_cast<std::ptrdiff_t>(d)))).epsilon(1e-10));
    }
  }
  CHECK(values(*cluster(session, 3), Point(9, 0.5))[0] == std::numeric_limits<double>::infinity());
}

TEST_CASE("the number of atoms and the dimension follow from each other") {
  const Session session = problem_session();
  CHECK(problem_of(session, R"("lennard_jones")")->dimension == 9);
  CHECK(problem_of(session, R"({"name": "lennard_jones", "dimension": 21})")->best_known == -16.505384);
  const auto within = [&](const std::string& bounds) {
    return problem_of(session, R"({"name": "lennard_jones", "parameters": {)" + bounds + "}}")->best_known;
  };
  CHECK(within(R"("lower": -1.1, "upper": 1.2)") == -3.0);
  // Too narrow for the cluster, or atoms that are kept apart: nobody knows the lowest energy there.
  CHECK_FALSE(within(R"("lower": 0, "upper": 0.5)").has_value());
  CHECK_FALSE(within(R"("lower": [0, 0, 0, 0, 0, 0, 0, 0, 9], "upper": [4, 4, 4, 4, 4, 4, 4, 4, 12])").has_value());
  CHECK(problem_of(session, R"({"name": "lennard_jones", "dimension": 21, "parameters": {"atoms": 7}})")->dimension ==
        21);
}

TEST_CASE("evaluators of clusters keep the contract") {
  const Session session = problem_session();
  for (const int atoms : {3, 13}) {
    ContractInput input;
    input.dimensions = {static_cast<std::size_t>(3 * atoms)};
    check_contract(*cluster(session, atoms)->evaluator, input);
  }
}
