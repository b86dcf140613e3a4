// Copies a box's text. Without this script, or where the page is not served safely enough for a browser
// to allow it, the buttons stay hidden and the box is selected and copied by hand.
if (navigator.clipboard && navigator.clipboard.writeText) {
    for (const button of document.querySelectorAll("button[data-copies]")) {
        const box = document.getElementById(button.dataset.copies);
        const said = button.textContent;
        button.hidden = false;
        button.addEventListener("click", async () => {
            try {
                await navigator.clipboard.writeText(box.value);
                button.textContent = "已复制";
            } catch {
                box.select();
                button.textContent = "已选中，请自行复制";
            }
            setTimeout(() => { button.textContent = said; }, 2000);
        });
    }
}
