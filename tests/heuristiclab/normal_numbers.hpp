// HeuristicLab's normal random numbers.
#pragma once

#include "tests/heuristiclab/mersenne_twister.hpp"

namespace skein::heuristiclab {

/// A number that is nearly standard normal: the ziggurat of 128 layers (Marsaglia and Tsang 2000) with its sign drawn
/// first and its tables in single precision, to 11 digits. The uniform numbers with which it leaves the layers' inner
/// rectangles lie in [0.5, 1), an error of HeuristicLab that is reproduced here: no number is beyond 3.644.
double normal_number(MersenneTwister& random);

}  // namespace skein::heuristiclab
