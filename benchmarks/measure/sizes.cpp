#include "benchmarks/measure/sizes.hpp"

namespace skein::bench {

std::vector<Size> standard_sizes(bool smoke) {
  if (smoke) return {{50, 30, 20, 1, true}, {200, 10, 3, 1, false}};
  return {{50, 30, 1000, 7, true},
          {1000, 100, 50, 7, true},
          {1000, 1000, 8, 5, true},
          {10'000, 1000, 3, 3, false},
          {1'000'000, 10, 3, 3, false}};
}

std::vector<Size> many_particles(bool smoke) {
  if (smoke) return {{300, 10, 3, 1, true}};
  return {{1000, 10, 400, 5, true}, {10'000, 10, 40, 5, true}, {100'000, 10, 8, 3, true}, {1'000'000, 10, 3, 3, false}};
}

std::string to_text(const Size& size) {
  return std::to_string(size.particles) + " × " + std::to_string(size.dimension);
}

}  // namespace skein::bench
