#include "operators/clamp.hpp"
#include "private.hpp"
#include "skein/good.hpp"
#include "skein/operators.hpp"
