#include "private.hpp"
