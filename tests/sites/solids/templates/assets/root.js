// no choice to remember
