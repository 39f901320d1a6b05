#pragma once
#include <vector>

#include "skein/leaky.hpp"
