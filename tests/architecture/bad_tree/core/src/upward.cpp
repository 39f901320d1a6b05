#include "operators/clamp.hpp"
#include "private.hpp"
#include "skein/good.hpp"
