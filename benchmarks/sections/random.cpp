#include "benchmarks/sections/sections.hpp"
namespace skein::bench {
void test_random(Bench&) {}
}  // namespace skein::bench
