"""Who kept what: promises and the parties that owe them, with averages."""
