#pragma once
#include "operators/clamp.hpp"
