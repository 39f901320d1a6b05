#include "../../core/src/private.hpp"
