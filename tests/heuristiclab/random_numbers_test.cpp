// HeuristicLab's random numbers.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "tests/heuristiclab/mersenne_twister.hpp"
#include "tests/heuristiclab/normal_numbers.hpp"

using namespace skein::heuristiclab;

TEST_CASE("HeuristicLab: uniform numbers are those of the Mersenne Twister with 53 bits") {
  // What other programs with this generator and the seed 0 begin with, such as NumPy.
  MersenneTwister random;
  CHECK(random.uniform() == 0.5488135039273248);
  CHECK(random.uniform() == 0.7151893663724195);
  CHECK(random.uniform() == 0.6027633760716439);
  CHECK(random.drawn() == 6);
  MersenneTwister words;
  CHECK(words.next() == 2357136044U >> 1);
  MersenneTwister further;
  further.discard(4);
  CHECK(further.uniform() == 0.6027633760716439);
}

TEST_CASE("HeuristicLab: integers below a number, drawn again where they would be more likely than others") {
  MersenneTwister random;
  std::array<int, 3> counts{};
  for (int i = 0; i < 30000; ++i) ++counts.at(random.next(3));
  // A deviation is sqrt(30000 * 1/3 * 2/3) = 82.
  for (const int count : counts) CHECK(std::abs(count - 10000) < 5 * 82);
  // Just over half of all numbers are below: the others, nearly half, are drawn again.
  MersenneTwister repeating;
  constexpr std::uint32_t below = (1U << 30) + 1;
  for (int i = 0; i < 10000; ++i) CHECK(repeating.next(below) < below);
  CHECK(repeating.drawn() > 19000);
  CHECK(repeating.drawn() < 21000);
}

TEST_CASE("HeuristicLab: normal numbers end at 3.644 and are a little too narrow") {
  MersenneTwister random;
  constexpr int count = 1000000;
  double sum = 0, squares = 0, fourths = 0, largest = 0;
  for (int i = 0; i < count; ++i) {
    const double z = normal_number(random);
    sum += z;
    squares += z * z;
    fourths += z * z * z * z;
    largest = std::max(largest, std::abs(z));
  }
  const double variance = squares / count;
  // Within three standard errors, sqrt(1 / count), sqrt(2 / count) and sqrt(24 / count).
  CHECK(std::abs(sum / count) < 0.003);
  CHECK(std::abs(variance - 0.9956) < 0.0042);
  CHECK(std::abs(fourths / count / (variance * variance) - 2.969) < 0.0147);
  CHECK(largest <= 3.64396);
  CHECK(largest > 3.6);
}
