#include "../encodings/real/bounds.hpp"
#include "clamp.hpp"
#include "core/src/private.hpp"
#  include <problems/sphere.hpp>
