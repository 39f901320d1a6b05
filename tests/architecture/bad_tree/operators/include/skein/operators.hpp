#pragma once
#include <fmt/format.h>

#include "operators/clamp.hpp"
