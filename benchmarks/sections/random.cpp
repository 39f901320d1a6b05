#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/measure/table.hpp"
#include "benchmarks/random/sequences.hpp"
#include "benchmarks/random/tests.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

/// A p-value below this, after correction for the number of tests, is no chance any more.
constexpr double least_p = 1e-6;

/// Draws per key: whole groups of rows, and a single short row.
constexpr std::size_t long_row = 2048;
constexpr std::size_t short_row = 10;

struct Finding {
  std::string what;
  double p = 1;
};

using Findings = std::vector<Finding>;

void test_distributions(Findings& findings, std::size_t draws) {
  for (const std::size_t length : {long_row, short_row}) {
    const std::string from = ", " + std::to_string(length) + " of each key";
    findings.push_back({"uniform numbers" + from, uniform_p(uniforms(draws / length, length))});
    findings.push_back({"normal numbers" + from, normal_bins_p(normals(draws / length, length))});
  }
}

/// Numbers of one sequence that stand `distance` apart; 8 is the same lane.
void test_within(Findings& findings, std::size_t draws) {
  const std::vector<double> values = uniforms(1, draws);
  for (const std::size_t distance : {1u, 2u, 4u, 7u, 8u, 16u, 2048u}) {
    const std::span<const double> later = std::span(values).subspan(distance);
    const std::string apart = " " + std::to_string(distance) + " apart in one sequence";
    findings.push_back({"pairs" + apart, pairs_p(values, later)});
    findings.push_back({"correlation" + apart, correlation_p(values, later)});
  }
}

/// Numbers in the same place of keys that are next to each other.
void test_between(Findings& findings, std::size_t draws) {
  const std::pair<Neighbor, const char*> neighbors[] = {{Neighbor::group, "row groups"},
                                                        {Neighbor::visit, "iterations"},
                                                        {Neighbor::stream, "streams"},
                                                        {Neighbor::seed, "seeds"},
                                                        {Neighbor::frame, "frames"}};
  for (const std::size_t length : {long_row, short_row}) {
    const std::vector<double> values = uniforms(draws / length, length);
    for (const auto& [neighbor, name] : neighbors) {
      const std::vector<double> others = neighbor_uniforms(draws / length, length, neighbor);
      const std::string between =
          std::string(" between neighbouring ") + name + ", " + std::to_string(length) + " of each key";
      findings.push_back({"pairs" + between, pairs_p(values, others)});
      findings.push_back({"correlation" + between, correlation_p(values, others)});
    }
  }
}

/// The least p-value of every kind of test is named, with its bit.
void test_bits(Findings& findings, std::size_t draws) {
  const std::vector<std::uint64_t> all = words(draws / long_row, long_row);
  for (int bit = 0; bit < 64; ++bit) {
    findings.push_back({"bit " + std::to_string(bit), bit_p(all, bit)});
    findings.push_back({"bit " + std::to_string(bit) + " of neighbouring lanes", bit_repeats_p(all, bit, 1)});
    findings.push_back({"bit " + std::to_string(bit) + " of one lane", bit_repeats_p(all, bit, 8)});
  }
}

/// Tests that pass everything would be worth nothing: a sequence is not independent of itself, nor is it normal.
void check_power(Bench& bench) {
  const std::vector<double> values = uniforms(10, long_row);
  const std::vector<std::uint64_t> same(long_row, values.size());
  const double worst = std::max({pairs_p(values, values), correlation_p(values, values), normal_bins_p(values),
                                 uniform_p(normals(10, long_row)), bit_p(same, 0), bit_repeats_p(same, 0, 1)});
  if (!(worst < least_p)) bench.fail("the tests do not find what is not random");
}

std::string scientific(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", number);
  return text;
}

/// Prints one row for a group of tests: how many there are, and the least p-value, uncorrected and corrected.
void report(Bench& bench, Table& table, const std::string& group, const Findings& findings, std::size_t tests) {
  const auto least = std::ranges::min_element(findings, {}, &Finding::p);
  const double corrected = std::min(1.0, least->p * static_cast<double>(tests));
  table.add({group, std::to_string(findings.size()), least->what, scientific(least->p), scientific(corrected)});
  if (corrected < least_p) bench.fail(least->what + ": p = " + scientific(corrected) + " after correction");
}

}  // namespace

void test_random(Bench& bench) {
  const std::size_t draws = bench.smoke() ? 200'000 : 10'000'000;
  std::vector<std::pair<std::string, Findings>> groups(4);
  groups[0].first = "distributions";
  test_distributions(groups[0].second, draws);
  groups[1].first = "within a sequence";
  test_within(groups[1].second, draws);
  groups[2].first = "between sequences";
  test_between(groups[2].second, draws);
  groups[3].first = "bits";
  test_bits(groups[3].second, draws / 4);

  check_power(bench);

  std::size_t tests = 0;
  for (const auto& [name, findings] : groups) tests += findings.size();
  Table table({"tests", "how many", "least p-value of", "p", "p, corrected"});
  for (const auto& [name, findings] : groups) report(bench, table, name, findings, tests);
  std::printf("%zu numbers per test, %zu tests; below %.0e after correction is a failure.\n", draws, tests, least_p);
  table.print();
}

}  // namespace skein::bench
