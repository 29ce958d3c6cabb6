// gives frames their height
