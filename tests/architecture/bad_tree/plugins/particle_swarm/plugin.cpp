#include "operators/clamp.hpp"
